SELECT sha256, json FROM case_methods WHERE case_id = @CaseId
