SELECT event_id, body
FROM trail_bodies
WHERE case_id = @CaseId AND event_id IN (SELECT value FROM json_each(@EventIds))
