-- How a case went, without what people wrote: only the engine's own notes come with their body.
SELECT e.event_id, e.type, e.at, b.body
FROM trail_events e
LEFT JOIN trail_bodies b ON b.event_id = e.event_id AND e.type = 'step.completed'
WHERE e.case_id = @CaseId AND e.type IN ('signal.submitted', 'case.reopened', 'interpretation.submitted', 'vote.cast', 'urn.cast', 'step.completed')
ORDER BY e.case_seq
