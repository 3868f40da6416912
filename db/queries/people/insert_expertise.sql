INSERT INTO person_expertise (person_id, tag) VALUES (@PersonId, @Tag)
