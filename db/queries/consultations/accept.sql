UPDATE invitations SET state = 'accepted', responded_at = @Now
WHERE case_id = @CaseId AND person_id = @PersonId AND state = 'invited'
