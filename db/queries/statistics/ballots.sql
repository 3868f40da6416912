-- Ballots of revealed rounds. Of a detached one they tell only who voted: see statistics/urn_ballots.
SELECT b.case_id, b.round, r.method, b.person_id, b.choice, b.concern, b.confidence
FROM ballots b
JOIN vote_rounds r ON r.case_id = b.case_id AND r.round = b.round
JOIN cases c ON c.case_id = b.case_id
WHERE c.phase NOT IN ('draft', 'withdrawn', 'stopped')
  AND r.revealed_at IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM urns u WHERE u.case_id = b.case_id AND u.round = b.round)
ORDER BY b.cast_at
