SELECT at FROM trail_events WHERE leaf_index = @LeafIndex
