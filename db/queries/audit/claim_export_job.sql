-- Once, whichever hosts try: who changes the row has it.
UPDATE export_jobs
SET state = 'building', host = @Host, lease_until = @Until, attempts = attempts + 1, done_events = 0, total_events = 0
WHERE job_id = @JobId AND ((state = 'approved' AND (lease_until IS NULL OR lease_until <= @Now)) OR (state = 'building' AND lease_until <= @Now))
