UPDATE enquiries
SET state = 'answered', reading_change = @Change, answer_event = @EventId, answered_at = @Now
WHERE case_id = @CaseId AND reading_event = @ReadingEvent AND state = 'reported'
