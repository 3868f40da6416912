SELECT revision, content, saved_at FROM drafts WHERE case_id = @CaseId AND person_id = @PersonId AND kind = @Kind
