UPDATE urns SET key_id = NULL, content = NULL WHERE case_id = @CaseId
