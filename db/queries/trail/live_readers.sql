SELECT person_id, live_until FROM live_reads WHERE case_id = @CaseId AND shown = @Shown
