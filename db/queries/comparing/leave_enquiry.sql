DELETE FROM enquiries WHERE case_id = @CaseId AND reading_event = @ReadingEvent AND taken_by_id = @PersonId AND state = 'taken'
