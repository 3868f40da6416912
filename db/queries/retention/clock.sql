SELECT looked_at, seen_seconds FROM retention_clock WHERE clock = 'sweep'
