INSERT INTO team_days_off (team, day_off) VALUES (@Team, @DayOff)
