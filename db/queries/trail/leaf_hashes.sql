SELECT leaf_index AS node_index, leaf_hash AS hash FROM trail_events WHERE leaf_index >= @First AND leaf_index < @End
