UPDATE export_jobs
SET state = 'cancelled', host = NULL, lease_until = NULL
WHERE job_id = @JobId AND requested_by_id = @PersonId AND state IN ('asked', 'approved', 'building', 'ready')
