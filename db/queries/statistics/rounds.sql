-- Revealed rounds, and how many of those who could have voted did not: the submitter, the owner, and readers asked before the reveal who are still on the case.
SELECT r.case_id, r.round, r.method,
       (SELECT COUNT(*) FROM people p
        WHERE (p.person_id = c.submitter_id OR p.person_id = c.owner_id OR EXISTS (
                   SELECT 1 FROM invitations v
                   WHERE v.case_id = r.case_id AND v.person_id = p.person_id AND v.state IN ('invited', 'accepted') AND v.invited_at <= r.revealed_at))
          AND NOT EXISTS (SELECT 1 FROM ballots b WHERE b.case_id = r.case_id AND b.round = r.round AND b.person_id = p.person_id)) AS silent
FROM vote_rounds r
JOIN cases c ON c.case_id = r.case_id
WHERE c.phase NOT IN ('draft', 'withdrawn', 'stopped')
  AND r.revealed_at IS NOT NULL
ORDER BY r.revealed_at
