UPDATE retention_cases SET state = 'erased' WHERE case_id = @CaseId AND state = 'erasing'
