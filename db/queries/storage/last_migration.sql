SELECT MAX(number) FROM schema_migrations
