SELECT DISTINCT case_id FROM drafts WHERE case_id NOT IN (SELECT case_id FROM dossiers)
