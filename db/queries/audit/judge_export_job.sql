-- Never by who asked, whatever the code above thought.
UPDATE export_jobs
SET state = @State, judged_by_id = @PersonId, judged_at = @Now, judged_event = @EventId
WHERE job_id = @JobId AND state = 'asked' AND requested_by_id <> @PersonId
