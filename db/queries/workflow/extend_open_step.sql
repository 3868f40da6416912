UPDATE open_steps SET due_at = @DueAt WHERE case_id = @CaseId AND node = @Node
