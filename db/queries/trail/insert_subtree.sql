INSERT INTO trail_subtrees (level, node_index, hash) VALUES (@Level, @NodeIndex, @Hash)
