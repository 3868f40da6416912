INSERT INTO retention_clock (clock, looked_at, seen_seconds) VALUES ('sweep', @Now, 0)
