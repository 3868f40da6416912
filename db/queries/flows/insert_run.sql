INSERT INTO flow_runs (case_id, run, sha256, inputs, state, changes, applied, failures, started_at)
VALUES (@CaseId, @Run, @Sha256, @Inputs, 'running', 1, 0, 0, @At)
