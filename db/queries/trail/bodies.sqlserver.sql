SELECT b.event_id, b.body
FROM OPENJSON(@EventIds) WITH (event_id UNIQUEIDENTIFIER '$') j
JOIN trail_bodies b ON b.event_id = j.event_id
WHERE b.case_id = @CaseId
