UPDATE export_jobs SET state = 'expired' WHERE job_id = @JobId AND state = 'ready' AND expires_at <= @Now
