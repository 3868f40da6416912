DELETE FROM drafts WHERE case_id = @CaseId AND kind = @Kind
