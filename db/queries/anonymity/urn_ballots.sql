SELECT round, place, choice, answer, concern, confidence FROM urn_ballots WHERE case_id = @CaseId ORDER BY round, place
