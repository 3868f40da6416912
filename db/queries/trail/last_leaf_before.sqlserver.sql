SELECT TOP 1 leaf_index FROM trail_events WHERE at < @Before ORDER BY leaf_index DESC
