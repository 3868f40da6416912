SELECT f.file_id, f.request_id, f.case_id, f.state, f.revision, f.made_by_id, f.made_at, f.approved_by_id, f.approved_at, f.expires_at, c.phase, c.team,
       c.submitted_at, d.outcome, CASE WHEN c.erased_at IS NULL THEN 0 ELSE 1 END AS erased
FROM access_files f
JOIN cases c ON c.case_id = f.case_id
LEFT JOIN decisions d ON d.case_id = c.case_id
     AND d.number = (SELECT MAX(x.number) FROM decisions x WHERE x.case_id = c.case_id AND x.state IN ('approved', 'immediate'))
WHERE f.request_id = @RequestId
ORDER BY f.added_at
