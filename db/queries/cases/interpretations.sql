SELECT person_id, event_id, kind, reading_position, concern, confidence, submitted_at, revealed_at
FROM interpretations
WHERE case_id = @CaseId
ORDER BY submitted_at
