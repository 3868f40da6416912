SELECT job_id, requested_by_id, requested_at, requested_event, scope, case_id, from_on, to_on, profile, language, state, judged_by_id, judged_at, judged_event, attempts, done_events,
       total_events, failure, file_bytes, file_sha256, expires_at
FROM export_jobs
WHERE job_id = @JobId
