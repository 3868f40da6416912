UPDATE invitations
SET state = @State, conflict = @Conflict, responded_at = @Now
WHERE case_id = @CaseId AND person_id = @PersonId AND state IN ('invited', 'accepted')
