SELECT t.team, t.time_zone, t.day_start, t.day_end, t.workdays,
       CASE WHEN EXISTS (SELECT 1 FROM team_days_off o WHERE o.team = t.team AND o.day_off = 'goodFriday') THEN 1 ELSE 0 END AS good_friday_off,
       CASE WHEN EXISTS (SELECT 1 FROM team_days_off o WHERE o.team = t.team AND o.day_off = 'liberationDay') THEN 1 ELSE 0 END AS liberation_day_off
FROM teams t
WHERE t.team = @Team
