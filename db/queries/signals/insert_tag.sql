INSERT INTO case_tags (case_id, tag) VALUES (@CaseId, @Tag)
