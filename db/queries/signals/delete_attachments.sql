DELETE FROM attachments WHERE case_id = @CaseId
