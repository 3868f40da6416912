INSERT INTO pseudonyms (case_id, kind, person_id, place, shown_id) VALUES (@CaseId, @Kind, @PersonId, @Place, @ShownId)
