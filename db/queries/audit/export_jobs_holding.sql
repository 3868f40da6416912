SELECT job_id
FROM export_jobs
WHERE (state = 'ready' OR state = 'building') AND (case_id = @CaseId OR scope <> 'case')
