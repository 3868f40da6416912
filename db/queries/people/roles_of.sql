SELECT person_id, role FROM person_roles WHERE person_id = @PersonId
