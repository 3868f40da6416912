-- A request that was still under way has come to its end by the rule, or by the list.
UPDATE erasures
SET state = 'declined', settled_by_id = @ErasedById, settled_at = @Now, settled_event = @ErasedEvent
WHERE case_id = @CaseId AND erasure_id <> @ErasureId AND state IN ('requested', 'checked', 'approved')
