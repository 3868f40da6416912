SELECT case_id, trail_seq, wrapped_key, share_id FROM dossiers WHERE case_id = @CaseId
