-- The next leaves of the log. By their place, which is gapless: who reads on from the last one misses nothing.
SELECT TOP (@Take) leaf_index, case_id, type FROM trail_events WHERE leaf_index > @After ORDER BY leaf_index
