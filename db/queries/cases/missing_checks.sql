SELECT reading_event, place, event_id, person_id, checked_at FROM missing_checks WHERE case_id = @CaseId ORDER BY checked_at
