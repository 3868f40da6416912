INSERT INTO teams (team, time_zone, day_start, day_end, workdays)
SELECT @Team, @TimeZone, @DayStart, @DayEnd, @Workdays
WHERE NOT EXISTS (SELECT 1 FROM teams WHERE team = @Team)
