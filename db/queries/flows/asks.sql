SELECT ask, node, wait_id, completion, outcome, outputs, ended_at
FROM flow_asks
WHERE case_id = @CaseId AND run = @Run
ORDER BY ask
