SELECT case_id, wrapped_key, share_id FROM dossiers WHERE case_id = @CaseId
