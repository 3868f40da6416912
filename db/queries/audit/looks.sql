SELECT e.event_id, e.case_seq, e.type, e.actor_id, e.at, e.leaf, b.body
FROM trail_events e
LEFT JOIN trail_bodies b ON b.event_id = e.event_id
WHERE e.case_id = @CaseId AND e.type IN ('case.read', 'trail.exported', 'emergency.opened')
ORDER BY e.case_seq
