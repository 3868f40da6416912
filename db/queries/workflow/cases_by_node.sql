-- Where running cases wait, by the definition with which they started: numbers only.
SELECT c.workflow_sha256 AS sha256, s.node, s.activity, COUNT(*) AS cases
FROM cases c
JOIN open_steps s ON s.case_id = c.case_id
GROUP BY c.workflow_sha256, s.node, s.activity
ORDER BY c.workflow_sha256, s.node
