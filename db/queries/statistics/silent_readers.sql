-- Asked before the reveal, still on the case, and without a revealed reading. Whether a blind one is in makes no difference.
SELECT c.case_id, COUNT(*) AS silent
FROM cases c
JOIN invitations v ON v.case_id = c.case_id
WHERE c.phase NOT IN ('draft', 'withdrawn', 'stopped')
  AND c.revealed_at IS NOT NULL
  AND v.state IN ('invited', 'accepted')
  AND v.invited_at <= c.revealed_at
  AND NOT EXISTS (
      SELECT 1 FROM interpretations i
      WHERE i.case_id = v.case_id AND i.person_id = v.person_id AND i.revealed_at IS NOT NULL)
GROUP BY c.case_id
