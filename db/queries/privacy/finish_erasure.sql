-- Only what was approved, and not while a hold stands: it may have been placed since.
UPDATE erasures
SET state = 'erased', erased_by_id = @ErasedById, erased_at = @Now, erased_event = @ErasedEvent, ended_share = @EndedShare
WHERE erasure_id = @ErasureId AND case_id = @CaseId AND state = 'approved'
  AND NOT EXISTS (SELECT 1 FROM legal_holds h WHERE h.case_id = @CaseId AND h.lifted_at IS NULL AND (h.until_on IS NULL OR h.until_on >= @Today))
