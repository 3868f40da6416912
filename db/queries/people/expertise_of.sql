SELECT tag FROM person_expertise WHERE person_id = @PersonId ORDER BY tag
