SELECT round, person_id, event_id, choice, answer, concern, confidence, cast_at FROM ballots WHERE case_id = @CaseId ORDER BY round, cast_at
