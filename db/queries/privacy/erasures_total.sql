SELECT COUNT(*) FROM erasures
