SELECT trail_seq FROM dossiers WHERE case_id = @CaseId
