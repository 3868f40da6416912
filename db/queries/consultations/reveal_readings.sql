UPDATE interpretations SET revealed_at = @Now WHERE case_id = @CaseId AND revealed_at IS NULL
