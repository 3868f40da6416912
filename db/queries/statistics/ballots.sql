-- Ballots of revealed rounds.
SELECT b.case_id, b.round, r.method, b.person_id, b.choice, b.concern, b.confidence
FROM ballots b
JOIN vote_rounds r ON r.case_id = b.case_id AND r.round = b.round
JOIN cases c ON c.case_id = b.case_id
WHERE c.phase NOT IN ('draft', 'withdrawn', 'stopped')
  AND r.revealed_at IS NOT NULL
ORDER BY b.cast_at
