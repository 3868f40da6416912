SELECT node, activity, inputs, asked_at, due_at FROM open_steps WHERE case_id = @CaseId ORDER BY asked_at, node
