SELECT COUNT(*) AS cases FROM cases
