-- A deadline that was given or that runs on; a pause of it ends here.
UPDATE open_steps SET due_at = @DueAt, paused_at = NULL, resumes_at = NULL, paused_event = NULL WHERE case_id = @CaseId AND node = @Node
