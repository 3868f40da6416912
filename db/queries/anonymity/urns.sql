SELECT round, sealed_event FROM urns WHERE case_id = @CaseId ORDER BY round
