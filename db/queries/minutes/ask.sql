INSERT INTO minutes_answers (case_id, number, person_id) VALUES (@CaseId, @Number, @PersonId)
