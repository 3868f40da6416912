INSERT INTO interpretations (case_id, person_id, event_id, kind, reading_position, concern, confidence, submitted_at)
VALUES (@CaseId, @PersonId, @EventId, @Kind, @ReadingPosition, @Concern, @Confidence, @SubmittedAt)
