SELECT facilitator_id AS person_id, COUNT(*) AS open_cases
FROM cases
WHERE facilitator_id IS NOT NULL AND phase NOT IN ('draft', 'followUp', 'closed', 'withdrawn', 'stopped')
GROUP BY facilitator_id
