-- Each leaf with its body, and what decides whether it may be read.
SELECT e.leaf_index, e.event_id, e.case_id, e.type, e.leaf, b.body, c.phase,
    CASE
        WHEN e.type = 'interpretation.submitted' THEN
            (SELECT COUNT(*) FROM interpretations i WHERE i.case_id = e.case_id AND i.event_id = e.event_id AND i.revealed_at IS NULL)
        WHEN e.type = 'vote.cast' THEN
            (SELECT COUNT(*) FROM ballots v JOIN vote_rounds r ON r.case_id = v.case_id AND r.round = v.round
             WHERE v.case_id = e.case_id AND v.event_id = e.event_id AND r.revealed_at IS NULL)
        ELSE 0
    END AS blind
FROM trail_events e
LEFT JOIN trail_bodies b ON b.event_id = e.event_id
LEFT JOIN cases c ON c.case_id = e.case_id
WHERE e.leaf_index >= @First AND e.leaf_index < @End
ORDER BY e.leaf_index
