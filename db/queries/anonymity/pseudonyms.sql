SELECT kind, person_id, place, shown_id FROM pseudonyms WHERE case_id = @CaseId ORDER BY kind, place
