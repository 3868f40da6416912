SELECT person_id, role FROM person_roles
