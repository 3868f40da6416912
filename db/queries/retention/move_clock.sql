UPDATE retention_clock SET looked_at = @Now, seen_seconds = seen_seconds + @Step WHERE clock = 'sweep' AND looked_at = @Before
