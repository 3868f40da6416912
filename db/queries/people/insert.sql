INSERT INTO people
    (person_id, subject, display_name, job_title, team, hours_per_week, code_familiarity, knows_lifeworld, core_only, active)
VALUES
    (@PersonId, @Subject, @DisplayName, @JobTitle, @Team, @HoursPerWeek, @CodeFamiliarity, @KnowsLifeworld, @CoreOnly, @Active)
