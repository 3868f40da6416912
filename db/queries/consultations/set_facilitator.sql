-- Whoever leads beside the facilitator and takes over is no longer beside.
UPDATE cases
SET facilitator_id = @FacilitatorId, co_facilitator_id = CASE WHEN co_facilitator_id = @FacilitatorId THEN NULL ELSE co_facilitator_id END
WHERE case_id = @CaseId
