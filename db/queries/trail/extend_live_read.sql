UPDATE live_reads SET roles = @Roles, live_until = @Until WHERE case_id = @CaseId AND person_id = @PersonId AND shown = @Shown
