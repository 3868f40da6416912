SELECT share_id FROM dossiers WHERE case_id = @CaseId
