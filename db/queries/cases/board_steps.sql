SELECT case_id, node, activity, due_at, resumes_at
FROM open_steps
WHERE case_id IN (SELECT value FROM json_each(@CaseIds))
ORDER BY asked_at, node
