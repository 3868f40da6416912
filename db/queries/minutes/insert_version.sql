INSERT INTO minutes_versions (case_id, number, event_id, state, proposed_by_id, proposed_at, due_at)
VALUES (@CaseId, @Number, @EventId, 'proposed', @PersonId, @Now, @DueAt)
