using SignalReview.Storage;

namespace SignalReview.Tests.Storage.TSql;

/// <summary>The check itself: what it must find, it finds, and what is fine it lets pass.</summary>
internal sealed class TSqlCheckerTests
{
    private const string Tables = """
        CREATE TABLE rooms (
            room_id UNIQUEIDENTIFIER NOT NULL,
            seq     BIGINT           NOT NULL,
            phase   VARCHAR(60)      NOT NULL,
            due_at  DATETIME2(6)     NULL,
            CONSTRAINT pk_rooms PRIMARY KEY (room_id)
        );
        GO
        CREATE TABLE votes (
            room_id   UNIQUEIDENTIFIER NOT NULL,
            person_id UNIQUEIDENTIFIER NOT NULL,
            choice    VARCHAR(60)      NOT NULL,
            CONSTRAINT pk_votes PRIMARY KEY (room_id, person_id),
            CONSTRAINT fk_votes_room FOREIGN KEY (room_id) REFERENCES rooms (room_id)
        );
        """;

    private static readonly TSqlSchema Schema = TSqlSchema.Follow([("0001_rooms.sql", Tables)]);

    [TestCase("SELECT r.seq FROM rooms r WHERE r.room_id = @Room")]
    [TestCase("SELECT COUNT(*) FROM votes WHERE room_id = @Room AND choice <> @Choice")]
    [TestCase("INSERT INTO votes (room_id, person_id, choice) SELECT @Room, @Person, @Choice WHERE EXISTS (SELECT 1 FROM rooms WHERE room_id = @Room AND phase = 'vote')")]
    [TestCase("UPDATE rooms SET phase = @Phase, seq = seq + 1 WHERE room_id = @Room AND seq = @Seq")]
    [TestCase("SELECT seq FROM rooms WHERE due_at <= @Now ORDER BY due_at OFFSET @Skip ROWS FETCH NEXT @Take ROWS ONLY")]
    [TestCase("WITH v AS (SELECT room_id, choice FROM votes) SELECT v.choice FROM v JOIN rooms r ON r.room_id = v.room_id WHERE r.seq > @Seq")]
    public void What_is_fine_passes(string query) => Assert.That(Check(query), Is.Empty);

    [TestCase("SELECT seq FROM roomz", "roomz")]
    [TestCase("SELECT sequence FROM rooms", "sequence")]
    [TestCase("SELECT seq FROM rooms WHERE nope = 1", "nope")]
    [TestCase("SELECT seq FROM rooms ORDER BY nope", "nope")]
    [TestCase("SELECT r.seq FROM rooms r JOIN votes v ON v.nope = r.room_id", "nope")]
    [TestCase("SELECT x.seq FROM rooms r", "x")]
    [TestCase("SELECT room_id FROM rooms r JOIN votes v ON v.room_id = r.room_id", "ambiguous")]
    [TestCase("SELECT seq FROM rooms WHERE EXISTS (SELECT 1 FROM votes v WHERE v.nope = 1)", "nope")]
    [TestCase("WITH v AS (SELECT choice FROM votes) SELECT nope FROM v", "nope")]
    [TestCase("INSERT INTO votes (room_id, nope) VALUES (@Room, 1)", "nope")]
    [TestCase("UPDATE rooms SET nope = 1 WHERE room_id = @Room", "nope")]
    [TestCase("UPDATE rooms SET seq = 1 OUTPUT inserted.nope WHERE room_id = @Room", "nope")]
    [TestCase("DELETE FROM votes WHERE nope = 1", "nope")]
    [TestCase("SELECT seq FROM rooms WHERE phase = \"vote\"", "vote")]
    public void An_unknown_name_is_found(string query, string named) => Assert.That(Check(query), Does.Contain(named));

    [TestCase("SELECT seq FROM rooms LIMIT 1", "LIMIT")]
    [TestCase("SELECT seq FROM rooms WHERE phase || 'x' = 'y'", "Incorrect syntax")]
    [TestCase("SELECT IFNULL(seq, 0) AS seq FROM rooms", "IFNULL")]
    [TestCase("INSERT INTO votes (room_id, person_id, choice) VALUES (@Room, @Person, 'x') ON CONFLICT DO NOTHING", "Incorrect syntax")]
    [TestCase("UPDATE rooms SET seq = 1 WHERE room_id = @Room RETURNING seq", "Incorrect syntax")]
    [TestCase("SELECT seq FROM rooms WHERE room_id IS NOT DISTINCT FROM @Room", "Incorrect syntax")]
    public void What_SQL_Server_2019_does_not_know_is_found(string query, string named) => Assert.That(Check(query), Does.Contain(named));

    [TestCase("MERGE rooms AS t USING (SELECT room_id FROM votes) AS s ON t.room_id = s.room_id WHEN MATCHED THEN DELETE;", "MERGE")]
    [TestCase("WAITFOR DELAY '00:00:01'", "WAITFOR")]
    [TestCase("WITH r AS (SELECT seq FROM rooms) UPDATE r SET seq = 1 WHERE seq = 2", "CTE")]
    [TestCase("WITH r AS (SELECT seq FROM rooms) UPDATE x SET seq = 1 FROM r x WHERE x.seq = 2", "CTE")]
    [TestCase("WITH r AS (SELECT seq FROM rooms) DELETE FROM r WHERE seq = 2", "CTE")]
    [TestCase("UPDATE r SET seq = 1 OUTPUT inserted.seq FROM rooms r WHERE r.seq = 2", "UPDATE … FROM with OUTPUT")]
    [TestCase("GRANT SELECT ON rooms TO someone", "db/grants")]
    [TestCase("DENY UPDATE ON rooms TO someone", "db/grants")]
    [TestCase("SELECT seq FROM rooms WITH (NOLOCK)", "NOLOCK")]
    [TestCase("SELECT seq FROM rooms WITH (UPDLOCK, HOLDLOCK) WHERE room_id = @Room", "lock hint alone")]
    [TestCase("SELECT seq FROM rooms WITH (UPDLOCK) WHERE room_id = @Room -- guarded by rooms/nothing", "lock hint alone")]
    [TestCase("SELECT seq FROM rooms ORDER BY room_id", "orders Guids")]
    [TestCase("SELECT r.seq FROM rooms r ORDER BY r.due_at, r.room_id", "orders Guids")]
    [TestCase("SELECT ROW_NUMBER() OVER (ORDER BY v.person_id) AS n FROM votes v", "orders Guids")]
    [TestCase("SELECT seq FROM rooms WHERE due_at < SYSUTCDATETIME()", "as arguments")]
    [TestCase("SELECT seq FROM rooms WHERE due_at < CURRENT_TIMESTAMP", "as arguments")]
    [TestCase("UPDATE rooms SET room_id = NEWID() WHERE seq = 1", "as arguments")]
    [TestCase("SELECT * FROM rooms", "Name the columns")]
    [TestCase("SELECT r.* FROM rooms r", "Name the columns")]
    [TestCase("UPDATE rooms SET seq = 1", "no guard")]
    [TestCase("DELETE FROM votes", "no guard")]
    [TestCase("INSERT INTO votes VALUES (@Room, @Person, 'x')", "names its columns")]
    [TestCase("INSERT INTO votes (room_id, person_id) VALUES (@Room, @Person, 'x')", "names 2 columns and gives 3")]
    [TestCase("INSERT INTO votes (room_id, person_id, choice) SELECT room_id, room_id FROM rooms", "names 3 columns and gives 2")]
    [TestCase("SELECT CAST(due_at AS DATETIME) AS due_at FROM rooms", "DATETIME2(6)")]
    [TestCase("EXEC sp_who", "hides its SQL")]
    [TestCase("SELECT seq FROM rooms; SELECT seq FROM rooms", "One statement a file")]
    public void Unwanted_T_SQL_is_found_in_queries(string query, string named) => Assert.That(Check(query), Does.Contain(named));

    [TestCase("CREATE TABLE t (id INT NOT NULL, INDEX ix_t (id))", "CREATE INDEX")]
    [TestCase("CREATE TABLE t (id INT NOT NULL INDEX ix_t)", "CREATE INDEX")]
    [TestCase("CREATE OR ALTER VIEW v AS SELECT seq FROM rooms", "CREATE OR ALTER VIEW")]
    [TestCase("CREATE OR ALTER TRIGGER tr ON rooms AFTER UPDATE AS ROLLBACK", "CREATE OR ALTER TRIGGER")]
    [TestCase("ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON", "ALTER DATABASE")]
    [TestCase("ALTER DATABASE CURRENT COLLATE Latin1_General_CI_AS", "ALTER DATABASE")]
    [TestCase("DENY UPDATE ON rooms TO someone", "db/grants")]
    [TestCase("CREATE TABLE t (at DATETIME2 NOT NULL)", "DATETIME2(6)")]
    [TestCase("CREATE TABLE t (at DATETIME2(7) NOT NULL)", "DATETIME2(6)")]
    [TestCase("CREATE TABLE t (at DATETIMEOFFSET NOT NULL)", "DATETIME2(6)")]
    [TestCase("CREATE TABLE t (v ROWVERSION NOT NULL)", "SQLite")]
    [TestCase("CREATE TABLE t (id UNIQUEIDENTIFIER NOT NULL DEFAULT NEWID())", "as arguments")]
    public void Unwanted_T_SQL_is_found_in_migrations(string script, string named) =>
        Assert.That(TSqlCheck.Report(TSqlPortability.Check(Schema, "0002_x.sql", SqlFileKind.Migration, script, [])), Does.Contain(named));

    [Test]
    public void Grants_may_stand_in_the_grants_file() =>
        Assert.That(TSqlPortability.Check(Schema, "sqlserver.sql", SqlFileKind.Grants, "DENY UPDATE ON rooms TO someone", []), Is.Empty);

    [Test]
    public void A_lock_hint_beside_a_guarded_change_passes()
    {
        var queries = new[]
        {
            Query("rooms/claim", "SELECT seq FROM rooms WITH (UPDLOCK) WHERE room_id = @Room -- guarded by rooms/advance"),
            Query("rooms/advance", "UPDATE rooms SET seq = @Next WHERE room_id = @Room AND seq = @Seq"),
        };
        Assert.That(TSqlCheck.Report(TSqlCheck.Queries(Schema, queries)), Is.Empty);
    }

    [TestCase("SELECT seq FROM rooms WHERE @Nothing IS NULL", "@Nothing meets no column")]
    [TestCase("SELECT seq FROM rooms WHERE room_id = @Mixed OR phase = @Mixed", "Guid and as text")]
    [TestCase("SELECT seq FROM rooms WHERE room_id = @Mixed OR @Mixed = 'vote'", "Guid and as text")]
    [TestCase("SELECT seq FROM rooms WHERE room_id = @Mixed OR due_at < @Mixed", "Guid and as time")]
    public void A_parameter_without_one_kind_is_found(string query, string named) => Assert.That(Check(query), Does.Contain(named));

    [TestCase("UPDATE rooms SET phase = COALESCE(@Value, phase) WHERE seq = 1", "@Value VARCHAR (60)")]
    [TestCase("INSERT INTO votes (room_id, person_id, choice) SELECT r.room_id, @Value, 'x' FROM rooms r", "@Value UNIQUEIDENTIFIER")]
    [TestCase("SELECT seq FROM rooms WHERE due_at BETWEEN @Value AND due_at", "@Value DATETIME2 (6)")]
    [TestCase("SELECT TOP (@Value) seq FROM rooms ORDER BY seq", "@Value BIGINT")]
    [TestCase("UPDATE rooms SET seq = 1 WHERE room_id = room_id AND @Value = 'vote'", "@Value NVARCHAR (MAX)")]
    [TestCase("SELECT seq FROM rooms WHERE (SELECT COUNT(*) FROM votes) < @Value", "@Value BIGINT")]
    public void A_parameter_has_the_type_of_its_column(string query, string declaration)
    {
        List<Finding> findings = [];
        var script = TSqlText.Parse("q.sql", query, findings);
        Assert.That(TSqlParameters.Declare(Schema, "q.sql", script!, ["Value"], findings), Is.EqualTo(new[] { declaration }));
        Assert.That(findings, Is.Empty);
    }

    [Test]
    public void A_later_migration_changes_what_queries_may_name()
    {
        var schema = TSqlSchema.Follow(
        [
            ("0001_rooms.sql", Tables),
            ("0002_more.sql", """
                ALTER TABLE rooms ADD title NVARCHAR(200) NULL;
                GO
                UPDATE rooms SET title = phase WHERE title IS NULL;
                GO
                ALTER TABLE rooms ALTER COLUMN title NVARCHAR(200) NOT NULL;
                ALTER TABLE rooms DROP COLUMN due_at;
                """),
        ]);
        Assert.That(TSqlCheck.Report([.. schema.Findings, .. schema.Validate([])]), Is.Empty);
        Assert.That(TSqlCheck.Report(TSqlCheck.Queries(schema, [Query("a/b", "SELECT title FROM rooms")])), Is.Empty);
        Assert.That(TSqlCheck.Report(TSqlCheck.Queries(schema, [Query("a/b", "SELECT due_at FROM rooms")])), Does.Contain("due_at"));
    }

    [TestCase("CREATE TABLE t (id INT NOT NULL, CONSTRAINT fk_t FOREIGN KEY (id) REFERENCES nowhere (id))", "nowhere")]
    [TestCase("CREATE INDEX ix ON rooms (nope)", "nope")]
    [TestCase("UPDATE rooms SET nope = 1 WHERE seq = 1", "nope")]
    [TestCase("ALTER TABLE nowhere ADD x INT NULL", "cannot follow")]
    [TestCase("ALTER TABLE rooms DROP COLUMN nope", "cannot follow")]
    [TestCase("EXEC sp_rename 'rooms.seq', 'number'", "cannot follow")]
    [TestCase("CREATE TABLE t (id INT NOT NUL)", "NUL")]
    public void A_wrong_migration_is_found_with_its_file_and_line(string statement, string named)
    {
        var schema = TSqlSchema.Follow([("0001_rooms.sql", Tables), ("0002_wrong.sql", "-- first line\nGO\n" + statement)]);
        Assert.That(TSqlCheck.Report([.. schema.Findings, .. schema.Validate([])]), Does.Contain("0002_wrong.sql:3:").And.Contains(named));
    }

    private static string Check(string query) => TSqlCheck.Report(TSqlCheck.Queries(Schema, [Query("slice/query", query)]));

    private static SqlStatement Query(string name, string text) => new(name, name + ".sql", text);
}
