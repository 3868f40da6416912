SELECT person_id, kind, content FROM drafts WHERE case_id = @CaseId
