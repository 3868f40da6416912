SELECT s.case_id, s.node, s.activity, s.due_at, s.resumes_at
FROM OPENJSON(@CaseIds) WITH (case_id UNIQUEIDENTIFIER '$') j
JOIN open_steps s ON s.case_id = j.case_id
ORDER BY s.asked_at, s.node
