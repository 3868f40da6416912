SELECT COUNT(*) AS total, COUNT(CASE WHEN escalated_at >= phase_since THEN 1 END) AS stuck
FROM cases
WHERE phase NOT IN ('draft', 'closed', 'withdrawn', 'stopped')
