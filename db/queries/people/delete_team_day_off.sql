DELETE FROM team_days_off WHERE team = @Team AND day_off = @DayOff
