SELECT m.message_id, m.person_id, m.seen_at
FROM mentions m
JOIN messages s ON s.event_id = m.message_id
WHERE m.case_id = @CaseId
ORDER BY s.seq
