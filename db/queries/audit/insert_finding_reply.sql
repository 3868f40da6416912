INSERT INTO finding_replies (event_id, finding_id, replied_by_id, replied_at) VALUES (@EventId, @FindingId, @PersonId, @Now)
