SELECT attachment_id, kept_sha256, content FROM attachments WHERE case_id = @CaseId
