UPDATE retention_cases SET state = 'erasing' WHERE case_id = @CaseId AND state IN ('noticed', 'erasing')
