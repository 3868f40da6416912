UPDATE rooms SET floor_id = NULL, floor_since = NULL WHERE case_id = @CaseId AND floor_id = @PersonId
