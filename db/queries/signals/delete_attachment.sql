DELETE FROM attachments WHERE case_id = @CaseId AND attachment_id = @AttachmentId
