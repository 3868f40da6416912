INSERT INTO raised_hands (case_id, person_id, seq, raised_at)
VALUES (@CaseId, @PersonId, @Seq, @Now)
