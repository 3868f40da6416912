INSERT INTO legal_holds (hold_id, case_id, ground, until_on, placed_by_id, placed_at, placed_event)
VALUES (@HoldId, @CaseId, @Ground, @UntilOn, @PlacedById, @Now, @PlacedEvent)
