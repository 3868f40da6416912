UPDATE deadlines SET state = 'open', due_at = @DueAt, paused_at = NULL WHERE deadline_id = @DeadlineId AND state = 'paused'
