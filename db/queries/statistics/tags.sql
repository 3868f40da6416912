SELECT t.case_id, t.tag
FROM case_tags t
JOIN cases c ON c.case_id = t.case_id
WHERE c.phase NOT IN ('draft', 'withdrawn', 'stopped')
ORDER BY t.tag
