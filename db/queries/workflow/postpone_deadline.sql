UPDATE deadlines SET failures = failures + 1, retry_at = @RetryAt WHERE deadline_id = @DeadlineId AND state = 'open'
