-- Two may volunteer at the same time: the primary key has the last word.
INSERT INTO enquiries (case_id, reading_event, state, taken_by_id, taken_at)
VALUES (@CaseId, @ReadingEvent, 'taken', @PersonId, @Now)
