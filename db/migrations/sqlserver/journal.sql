-- Made by the migrator before any numbered script; never changes.
CREATE TABLE schema_migrations (
    number INT NOT NULL,
    name NVARCHAR(200) NOT NULL,
    sha256 CHAR(64) NOT NULL,
    applied_at DATETIME2(6) NOT NULL,
    CONSTRAINT pk_schema_migrations PRIMARY KEY (number)
);
