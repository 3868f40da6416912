INSERT INTO trail_head (log, size, frontier) VALUES (@Log, 0, @Frontier)
