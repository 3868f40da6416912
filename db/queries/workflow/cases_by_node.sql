-- Where running cases wait, by the definition with which they started: numbers only.
SELECT i.sha256, s.node, s.activity, COUNT(*) AS cases
FROM workflow_instances i
JOIN open_steps s ON s.case_id = i.case_id
GROUP BY i.sha256, s.node, s.activity
ORDER BY i.sha256, s.node
