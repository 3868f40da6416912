DELETE FROM case_tags WHERE case_id = @CaseId
