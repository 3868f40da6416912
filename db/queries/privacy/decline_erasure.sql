UPDATE erasures
SET state = 'declined', settled_by_id = @SettledById, settled_at = @Now, settled_event = @SettledEvent
WHERE erasure_id = @ErasureId AND case_id = @CaseId AND state IN ('requested', 'checked', 'approved')
