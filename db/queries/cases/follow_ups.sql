SELECT follow_up_id, event_id, owner_id, due_on, channel, theme, timing, outside_hours, state, result_event, done_at
FROM follow_ups
WHERE case_id = @CaseId
ORDER BY due_on
