UPDATE erasures
SET state = 'erased', interests = @Interests, checked_by_id = @CheckedById, checked_at = @CheckedAt, settled_by_id = @SettledById, settled_at = @SettledAt,
    erased_by_id = @ErasedById, erased_at = @ErasedAt, erased_event = @ErasedEvent, ended_share = @EndedShare, reapplied_at = @Now
WHERE erasure_id = @ErasureId AND case_id = @CaseId
