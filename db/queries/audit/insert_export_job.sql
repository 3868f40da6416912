INSERT INTO export_jobs (job_id, requested_by_id, requested_at, requested_event, scope, case_id, from_on, to_on, profile, language, state, attempts, done_events, total_events)
VALUES (@JobId, @PersonId, @Now, @EventId, @Scope, @CaseId, @FromOn, @ToOn, @Profile, @Language, @State, 0, 0, 0)
