DELETE FROM person_roles WHERE person_id = @PersonId
