UPDATE export_jobs
SET state = 'ready', finished_at = @Now, file_bytes = @Bytes, file_sha256 = @Sha256, done_events = @Events, total_events = @Events, expires_at = @ExpiresAt, lease_until = NULL
WHERE job_id = @JobId AND state = 'building' AND host = @Host
