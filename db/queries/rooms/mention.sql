INSERT INTO mentions (message_id, person_id, case_id)
SELECT m.event_id, @PersonId, m.case_id
FROM messages m
WHERE m.case_id = @CaseId AND m.event_id = @MessageId
  AND NOT EXISTS (SELECT 1 FROM mentions n WHERE n.message_id = @MessageId AND n.person_id = @PersonId)
