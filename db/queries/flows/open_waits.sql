-- What the engine should be waiting for, of the runs that it has heard all of.
SELECT r.case_id, r.run, a.wait_id
FROM flow_runs r
LEFT JOIN flow_asks a ON a.case_id = r.case_id AND a.run = r.run AND a.completion IS NULL
WHERE r.state = 'running' AND r.changes = r.applied
