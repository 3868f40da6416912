-- Held at the last moment: it goes on waiting.
UPDATE retention_cases SET state = 'noticed' WHERE case_id = @CaseId AND state = 'erasing'
