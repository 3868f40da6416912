SELECT deadline_id, case_id, kind, node, person_id, due_at
FROM deadlines
WHERE state = 'open' AND due_at <= @Now
ORDER BY due_at
LIMIT 50
