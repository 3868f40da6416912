-- The log lies nearly, but not quite, in the order of its times: so from its start to the first that is in time.
SELECT TOP 1 leaf_index FROM trail_events WHERE at >= @From ORDER BY leaf_index
