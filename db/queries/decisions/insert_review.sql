INSERT INTO reviews (event_id, case_id, reviewed_by_id, reviewed_at) VALUES (@EventId, @CaseId, @PersonId, @Now)
