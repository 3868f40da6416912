UPDATE export_jobs
SET state = 'failed', finished_at = @Now, failure = @Failure, lease_until = NULL
WHERE job_id = @JobId AND state = 'building' AND host = @Host
