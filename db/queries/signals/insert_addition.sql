INSERT INTO additions (event_id, case_id, added_by_id, added_at) VALUES (@EventId, @CaseId, @AddedById, @AddedAt)
