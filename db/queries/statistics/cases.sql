-- Cases of which something was revealed. A reading or vote that is still blind changes nothing here, and what was taken back or stopped is out.
SELECT c.case_id, c.team, c.platform, c.workflow, c.submitted_at
FROM cases c
WHERE c.phase NOT IN ('draft', 'withdrawn', 'stopped')
  AND c.submitted_at IS NOT NULL
  AND (c.revealed_at IS NOT NULL OR EXISTS (SELECT 1 FROM vote_rounds r WHERE r.case_id = c.case_id AND r.revealed_at IS NOT NULL))
ORDER BY c.submitted_at
