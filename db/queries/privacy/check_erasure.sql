UPDATE erasures
SET state = 'checked', interests = @Interests, checked_by_id = @CheckedById, checked_at = @Now, checked_event = @CheckedEvent
WHERE erasure_id = @ErasureId AND case_id = @CaseId AND state IN ('requested', 'checked')
