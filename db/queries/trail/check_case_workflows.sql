SELECT c.case_id, c.workflow, w.definition, w.version
FROM cases c
LEFT JOIN workflow_definitions w ON w.sha256 = c.workflow_sha256
WHERE c.workflow IS NOT NULL OR c.workflow_sha256 IS NOT NULL
