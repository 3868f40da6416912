UPDATE cases SET co_facilitator_id = @CoFacilitatorId WHERE case_id = @CaseId
