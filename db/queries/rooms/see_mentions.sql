UPDATE mentions SET seen_at = @Now WHERE case_id = @CaseId AND person_id = @PersonId AND seen_at IS NULL
