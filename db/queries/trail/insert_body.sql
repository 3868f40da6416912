INSERT INTO trail_bodies (event_id, case_id, body) VALUES (@EventId, @CaseId, @Body)
