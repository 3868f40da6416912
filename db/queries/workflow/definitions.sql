SELECT d.sha256, d.definition, d.version,
    (SELECT COUNT(*) FROM workflow_instances i WHERE i.sha256 = d.sha256)
    + (SELECT COUNT(*) FROM flow_runs r WHERE r.sha256 = d.sha256 AND r.state = 'running') AS cases
FROM workflow_definitions d
ORDER BY d.definition, d.version DESC, d.sha256
