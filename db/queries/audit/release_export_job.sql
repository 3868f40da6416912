-- Not at once again: what made it fail may last.
UPDATE export_jobs
SET state = 'approved', lease_until = @Until
WHERE job_id = @JobId AND state = 'building' AND host = @Host
