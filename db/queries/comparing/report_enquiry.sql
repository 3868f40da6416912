-- Reported once, also from two devices: the row count decides.
UPDATE enquiries
SET state = 'reported', report_event = @EventId, reported_at = @Now
WHERE case_id = @CaseId AND reading_event = @ReadingEvent AND taken_by_id = @PersonId AND state = 'taken'
