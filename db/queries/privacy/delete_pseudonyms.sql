DELETE FROM pseudonyms WHERE case_id = @CaseId
