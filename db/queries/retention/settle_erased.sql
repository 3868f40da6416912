UPDATE retention_cases
SET state = 'erased'
WHERE state <> 'erased' AND case_id IN (SELECT c.case_id FROM cases c WHERE c.erased_at IS NOT NULL)
