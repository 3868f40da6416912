INSERT INTO follow_ups (follow_up_id, case_id, event_id, owner_id, due_on, channel, theme, timing, outside_hours, state, result_event, done_at)
VALUES (@FollowUpId, @CaseId, @EventId, @OwnerId, @DueOn, @Channel, @Theme, @Timing, @OutsideHours, @State, NULL, NULL)
