INSERT INTO urn_ballots (case_id, round, place, choice, answer, concern, confidence) VALUES (@CaseId, @Round, @Place, @Choice, @Answer, @Concern, @Confidence)
