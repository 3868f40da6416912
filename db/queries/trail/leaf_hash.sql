SELECT leaf_hash FROM trail_events WHERE leaf_index = @LeafIndex
