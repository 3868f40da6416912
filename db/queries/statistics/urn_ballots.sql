-- Ballots of detached rounds that were revealed: nobody's.
SELECT b.case_id, b.round, r.method, b.choice, b.concern, b.confidence
FROM urn_ballots b
JOIN vote_rounds r ON r.case_id = b.case_id AND r.round = b.round
JOIN cases c ON c.case_id = b.case_id
WHERE c.phase NOT IN ('draft', 'withdrawn', 'stopped')
ORDER BY r.revealed_at, b.place
