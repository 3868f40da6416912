DELETE FROM raised_hands WHERE case_id = @CaseId AND person_id = @PersonId
