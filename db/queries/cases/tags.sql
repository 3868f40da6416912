SELECT tag FROM case_tags WHERE case_id = @CaseId ORDER BY tag
