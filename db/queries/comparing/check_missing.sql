INSERT INTO missing_checks (case_id, reading_event, place, event_id, person_id, checked_at)
VALUES (@CaseId, @ReadingEvent, @Place, @EventId, @PersonId, @Now)
