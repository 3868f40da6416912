SELECT hash FROM trail_nodes WHERE level = @Level AND node_index = @NodeIndex
