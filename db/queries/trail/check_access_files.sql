SELECT file_id, marks, page, data FROM access_files WHERE case_id = @CaseId
