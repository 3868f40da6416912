SELECT person_id, state, near, conflict, invited_at, invited_event, respond_by, responded_at, ready_at
FROM invitations
WHERE case_id = @CaseId
ORDER BY invited_at
