SELECT i.person_id, COUNT(*) AS open_cases
FROM invitations i
JOIN cases c ON c.case_id = i.case_id
WHERE i.state IN ('invited', 'accepted') AND c.phase NOT IN ('draft', 'followUp', 'closed', 'withdrawn', 'stopped')
GROUP BY i.person_id
