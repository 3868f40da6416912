-- The key (case, section, number) has the last word when two write the same section at once.
INSERT INTO minutes_notes (case_id, section, number, event_id, written_by_id, written_at)
VALUES (@CaseId, @Section, @Number, @EventId, @PersonId, @Now)
