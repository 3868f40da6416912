-- By a rule: nobody asked, and a hold that was placed since the rule found the case has the last word.
INSERT INTO erasures (erasure_id, case_id, ground, asked_by, rule_id, state, requested_by_id, requested_at, requested_event, settled_by_id, settled_at,
                      erased_by_id, erased_at, erased_event, ended_share)
SELECT @ErasureId, @CaseId, @Ground, 'rule', @RuleId, 'erased', @ErasedById, @Now, @ErasedEvent, @SettledById, @Now,
       @ErasedById, @Now, @ErasedEvent, @EndedShare
WHERE NOT EXISTS (SELECT 1 FROM legal_holds h WHERE h.case_id = @CaseId AND h.lifted_at IS NULL AND (h.until_on IS NULL OR h.until_on >= @Today))
