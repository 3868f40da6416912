SELECT team, day_off FROM team_days_off
