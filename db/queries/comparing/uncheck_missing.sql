DELETE FROM missing_checks WHERE case_id = @CaseId AND reading_event = @ReadingEvent AND place = @Place
