SELECT person_id, joined_at FROM attendance WHERE case_id = @CaseId ORDER BY joined_at
