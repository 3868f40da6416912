-- With the case goes what was made of it.
UPDATE access_files SET marks = NULL, page = NULL, data = NULL, state = 'expired' WHERE case_id = @CaseId
