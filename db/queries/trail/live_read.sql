SELECT roles, live_until FROM live_reads WHERE case_id = @CaseId AND person_id = @PersonId AND shown = @Shown
