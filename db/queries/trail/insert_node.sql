INSERT INTO trail_nodes (level, node_index, hash) VALUES (@Level, @NodeIndex, @Hash)
