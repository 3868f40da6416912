SELECT node_index, hash FROM trail_subtrees WHERE level = @Level AND node_index >= @First AND node_index < @End
