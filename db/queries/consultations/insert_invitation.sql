INSERT INTO invitations (case_id, person_id, state, near, conflict, invited_at, invited_event, respond_by)
VALUES (@CaseId, @PersonId, 'invited', @Near, @Conflict, @InvitedAt, @InvitedEvent, @RespondBy)
