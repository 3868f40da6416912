UPDATE invitations SET ready_at = @Now WHERE case_id = @CaseId AND person_id = @PersonId AND ready_at IS NULL
