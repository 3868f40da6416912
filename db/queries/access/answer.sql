UPDATE access_requests SET state = 'answered', answered_at = @Now WHERE request_id = @RequestId AND state = 'granted'
