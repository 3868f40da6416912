-- From the list outside the database, in one that was put back from before the erasure.
INSERT INTO erasures (erasure_id, case_id, ground, asked_by, rule_id, state, interests, requested_by_id, requested_at, requested_event,
                      checked_by_id, checked_at, settled_by_id, settled_at, erased_by_id, erased_at, erased_event, ended_share, reapplied_at)
VALUES (@ErasureId, @CaseId, @Ground, @AskedBy, @RuleId, 'erased', @Interests, @RequestedById, @RequestedAt, @ErasedEvent,
        @CheckedById, @CheckedAt, @SettledById, @SettledAt, @ErasedById, @ErasedAt, @ErasedEvent, @EndedShare, @Now)
