SELECT person_id, raised_at FROM raised_hands WHERE case_id = @CaseId ORDER BY seq
