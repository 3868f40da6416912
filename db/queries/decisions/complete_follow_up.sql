-- Reported once, also from two devices: the row count decides.
UPDATE follow_ups
SET state = @State, result_event = @EventId, done_at = @Now
WHERE case_id = @CaseId AND follow_up_id = @FollowUpId AND state = 'planned'
