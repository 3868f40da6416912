UPDATE export_jobs
SET done_events = @Done, total_events = @Total, lease_until = @Until
WHERE job_id = @JobId AND state = 'building' AND host = @Host
