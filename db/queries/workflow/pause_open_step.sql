-- The second of two who pause at once finds it paused.
UPDATE open_steps SET due_at = @DueAt, paused_at = @Now, resumes_at = @ResumesAt, paused_event = @PausedEvent
WHERE case_id = @CaseId AND node = @Node AND paused_at IS NULL
