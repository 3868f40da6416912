-- Stuck first, the longest first; then by deadline.
SELECT c.case_id, c.team, c.phase, c.phase_since, c.urgency, c.workflow, c.owner_id, c.facilitator_id, c.escalation, c.escalated_at,
       (SELECT COUNT(*) FROM interpretations i WHERE i.case_id = c.case_id) AS readings_in,
       (SELECT COUNT(*) FROM invitations v WHERE v.case_id = c.case_id AND v.state IN ('invited', 'accepted')) AS readings_asked
FROM cases c
LEFT JOIN (SELECT s.case_id, MIN(s.due_at) AS due_at FROM open_steps s GROUP BY s.case_id) w ON w.case_id = c.case_id
WHERE c.phase NOT IN ('draft', 'closed', 'withdrawn', 'stopped')
ORDER BY CASE WHEN c.escalated_at >= c.phase_since THEN 0 ELSE 1 END,
         CASE WHEN c.escalated_at >= c.phase_since THEN c.escalated_at END,
         CASE WHEN w.due_at IS NULL THEN 1 ELSE 0 END,
         w.due_at,
         c.created_at
LIMIT @Take OFFSET @Skip
