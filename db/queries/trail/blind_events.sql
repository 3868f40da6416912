SELECT e.leaf_index, e.event_id, e.type, e.leaf, b.body
FROM trail_events e
LEFT JOIN trail_bodies b ON b.event_id = e.event_id
WHERE e.case_id = @CaseId AND e.case_seq <= @Until
    AND e.type IN ('interpretation.submitted', 'interpretations.revealed', 'vote.cast', 'votes.revealed', 'urn.cast', 'urn.sealed')
ORDER BY e.case_seq
