SELECT case_id, trail_seq, wrapped_key FROM dossiers WHERE case_id = @CaseId
