SELECT node, activity, inputs, asked_at, due_at, paused_at, resumes_at, paused_event FROM open_steps WHERE case_id = @CaseId ORDER BY asked_at, node
