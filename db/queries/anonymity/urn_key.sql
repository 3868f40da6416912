SELECT key_id FROM urns WHERE case_id = @CaseId AND round = @Round
