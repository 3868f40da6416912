SELECT person_id, tag FROM person_expertise ORDER BY tag
