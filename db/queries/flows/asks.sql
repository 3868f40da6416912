SELECT ask, node, wait_id, completion, outcome, outputs
FROM flow_asks
WHERE case_id = @CaseId AND run = @Run
ORDER BY ask
