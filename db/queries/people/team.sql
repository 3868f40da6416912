SELECT team, time_zone, day_start, day_end, workdays FROM teams WHERE team = @Team
