INSERT INTO flow_asks (case_id, run, ask, node, wait_id, asked_at) VALUES (@CaseId, @Run, @Ask, @Node, @WaitId, @At)
