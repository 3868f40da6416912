UPDATE export_jobs SET state = 'expired', host = NULL, lease_until = NULL WHERE job_id = @JobId AND state IN ('ready', 'building')
