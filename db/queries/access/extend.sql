UPDATE access_requests SET due_on = @DueOn, extended = 1 WHERE request_id = @RequestId AND extended = 0 AND state IN ('registered', 'granted')
