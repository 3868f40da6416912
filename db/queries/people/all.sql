SELECT person_id, subject, display_name, job_title, team, hours_per_week, code_familiarity, knows_lifeworld, core_only, active
FROM people
ORDER BY display_name
