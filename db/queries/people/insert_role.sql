INSERT INTO person_roles (person_id, role) VALUES (@PersonId, @Role)
