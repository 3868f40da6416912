INSERT INTO decisions (case_id, number, state, event_id, outcome, deviates, decided_by_id, decided_at, review_on, approver_id)
VALUES (@CaseId, @Number, @State, @EventId, @Outcome, @Deviates, @DecidedById, @Now, @ReviewOn, @ApproverId)
