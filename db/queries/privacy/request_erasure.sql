-- Two requests at the same time wait for each other at the case's row: the second finds the first.
INSERT INTO erasures (erasure_id, case_id, ground, asked_by, state, requested_by_id, requested_at, requested_event)
SELECT @ErasureId, @CaseId, @Ground, @AskedBy, 'requested', @RequestedById, @Now, @RequestedEvent
WHERE NOT EXISTS (SELECT 1 FROM erasures e WHERE e.case_id = @CaseId AND e.state IN ('requested', 'checked', 'approved', 'erased'))
