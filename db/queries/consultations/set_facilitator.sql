UPDATE cases SET facilitator_id = @FacilitatorId WHERE case_id = @CaseId
