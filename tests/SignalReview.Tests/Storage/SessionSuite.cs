using System.Data.Common;
using SignalReview.Storage;

namespace SignalReview.Tests.Storage;

/// <summary>What every store relies on, on both databases: values come back as they went in, and a transaction is all or nothing.</summary>
internal sealed class SessionSuite(SqlDialect dialect) : StoreSuite(dialect)
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    private enum Colour
    {
        Red,
        DarkBlue,
    }

    protected override bool Migrate => false;

    protected override IReadOnlyDictionary<string, string> Queries { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["test/insert.sql"] = """
            INSERT INTO things (number, guid_key, maybe_guid, at, maybe_at, day, maybe_day, colour, maybe_colour, body, maybe_body, is_open, amount, words)
            VALUES (@Number, @GuidKey, @MaybeGuid, @At, @MaybeAt, @Day, @MaybeDay, @Colour, @MaybeColour, @Body, @MaybeBody, @IsOpen, @Amount, @Words)
            """,
        ["test/all.sql"] = """
            SELECT number, guid_key, maybe_guid, at, maybe_at, day, maybe_day, colour, maybe_colour, body, maybe_body, is_open, amount, words
            FROM things ORDER BY number
            """,
        ["test/by_guid.sql"] = "SELECT number FROM things WHERE guid_key = @GuidKey",
        ["test/maybe_guid.sql"] = "SELECT maybe_guid FROM things WHERE number = @Number",
        ["test/guid_key.sql"] = "SELECT guid_key FROM things WHERE number = @Number",
        ["test/colour.sql"] = "SELECT colour FROM things WHERE number = @Number",
        ["test/at_from.sql"] = "SELECT number FROM things WHERE at >= @At ORDER BY at",
        ["test/count.sql"] = "SELECT COUNT(*) FROM things",
        ["test/add_one.sql"] = "UPDATE things SET amount = amount + 1 WHERE number = @Number",
        ["test/amount.sql"] = "SELECT amount FROM things WHERE number = @Number",
        ["test/read_and_set.sql"] = "UPDATE things SET amount = @Next WHERE number = @Number AND amount = @Was",
    };

    private const string SqliteTable = """
        CREATE TABLE things (
            number INTEGER NOT NULL PRIMARY KEY, guid_key TEXT NOT NULL UNIQUE, maybe_guid TEXT, at TEXT NOT NULL, maybe_at TEXT, day TEXT NOT NULL, maybe_day TEXT,
            colour TEXT NOT NULL, maybe_colour TEXT, body BLOB NOT NULL, maybe_body BLOB, is_open INTEGER NOT NULL, amount INTEGER NOT NULL, words TEXT);
        """;

    private const string SqlServerTable = """
        CREATE TABLE things (
            number BIGINT NOT NULL PRIMARY KEY, guid_key UNIQUEIDENTIFIER NOT NULL UNIQUE, maybe_guid UNIQUEIDENTIFIER NULL, at DATETIME2(6) NOT NULL,
            maybe_at DATETIME2(6) NULL, day DATE NOT NULL, maybe_day DATE NULL, colour VARCHAR(60) NOT NULL, maybe_colour VARCHAR(60) NULL,
            body VARBINARY(MAX) NOT NULL, maybe_body VARBINARY(MAX) NULL, is_open BIT NOT NULL, amount INT NOT NULL, words NVARCHAR(MAX) NULL);
        """;

    [SetUp]
    public async Task MakeTableAsync() =>
        await Test.Migrator.MigrateAsync([MigrationScript.Parse("0001_things.sql", Dialect == SqlDialect.Sqlite ? SqliteTable : SqlServerTable)], CancellationToken.None);

    [Test]
    public async Task Values_come_back_as_they_went_in()
    {
        var full = new Thing
        {
            Number = long.MaxValue,
            GuidKey = Guid.CreateVersion7(Noon),
            MaybeGuid = Guid.CreateVersion7(Noon),
            At = new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero).AddTicks(1234560),
            MaybeAt = DateTimeOffset.MaxValue.AddTicks(-(DateTimeOffset.MaxValue.Ticks % TimeSpan.TicksPerMicrosecond)),
            Day = new DateOnly(2026, 2, 28),
            MaybeDay = DateOnly.MinValue,
            Colour = Colour.DarkBlue,
            MaybeColour = Colour.Red,
            Body = [.. Enumerable.Range(0, 9000).Select(i => (byte)i)],
            MaybeBody = [],
            IsOpen = true,
            Amount = -5,
            Words = new string('é', 5000) + "😀 '; --",
        };
        var bare = new Thing { Number = 1, GuidKey = Guid.Empty, At = Noon, Day = new DateOnly(1999, 12, 31), Colour = Colour.Red, Body = [0] };

        await InsertAsync(bare, full);

        await using var session = await Database.OpenReadAsync(CancellationToken.None);
        var rows = await session.QueryAsync<Thing>("test/all", null, CancellationToken.None);
        Assert.That(rows, Has.Count.EqualTo(2));
        AssertSame(rows[0], bare);
        AssertSame(rows[1], full);
    }

    [Test]
    public async Task A_time_is_cut_to_the_microsecond_and_kept_in_UTC()
    {
        var local = new DateTimeOffset(2026, 7, 1, 0, 30, 0, TimeSpan.FromHours(2)).AddTicks(19);
        await InsertAsync(Row(1) with { At = local });

        await using var session = await Database.OpenReadAsync(CancellationToken.None);
        var read = (await session.QueryAsync<Thing>("test/all", null, CancellationToken.None))[0].At;
        Assert.That(read, Is.EqualTo(new DateTimeOffset(2026, 6, 30, 22, 30, 0, TimeSpan.Zero).AddTicks(10)));
        Assert.That(read.Offset, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public async Task Times_compare_as_times()
    {
        await InsertAsync(Row(1) with { At = Noon }, Row(2) with { At = Noon.AddMicroseconds(1) }, Row(3) with { At = Noon.AddYears(-1000) });

        await using var session = await Database.OpenReadAsync(CancellationToken.None);
        var found = await session.QueryAsync<long>("test/at_from", new { At = Noon.ToOffset(TimeSpan.FromHours(-3)) }, CancellationToken.None);
        Assert.That(found, Is.EqualTo(new long[] { 1, 2 }));
    }

    [Test]
    public async Task Single_values_are_read_and_absence_is_told()
    {
        var row = Row(1);
        await InsertAsync(row);

        await using var session = await Database.OpenReadAsync(CancellationToken.None);
        Assert.That(await session.ScalarAsync<Guid>("test/guid_key", new { Number = 1L }, CancellationToken.None), Is.EqualTo(row.GuidKey));
        Assert.That(await session.ScalarAsync<Guid?>("test/maybe_guid", new { Number = 1L }, CancellationToken.None), Is.Null);
        Assert.That(await session.FirstOrDefaultAsync<Guid?>("test/guid_key", new { Number = 2L }, CancellationToken.None), Is.Null);
        Assert.That(await session.FirstOrDefaultAsync<Thing>("test/by_guid", new { GuidKey = Guid.Empty }, CancellationToken.None), Is.Null);
        Assert.That(Enums.Parse<Colour>(await session.ScalarAsync<string>("test/colour", new { Number = 1L }, CancellationToken.None)), Is.EqualTo(Colour.DarkBlue));
        Assert.ThrowsAsync<InvalidOperationException>(() => session.ScalarAsync<int>("test/amount", new { Number = 2L }, CancellationToken.None), "no row");
        Assert.CatchAsync(() => session.ScalarAsync<Guid>("test/maybe_guid", new { Number = 1L }, CancellationToken.None), "NULL for a Guid");
    }

    [Test]
    public async Task Rows_stream_one_by_one()
    {
        await InsertAsync([.. Enumerable.Range(1, 50).Select(i => Row(i))]);

        await using var session = await Database.OpenReadAsync(CancellationToken.None);
        List<long> numbers = [];
        await foreach (var row in session.StreamAsync<Thing>("test/all", null, CancellationToken.None))
        {
            numbers.Add(row.Number);
        }

        Assert.That(numbers, Is.EqualTo(Enumerable.Range(1, 50).Select(i => (long)i)));
    }

    [Test]
    public async Task What_was_not_committed_is_gone()
    {
        await using (var session = await Database.BeginAsync(CancellationToken.None))
        {
            await session.ExecuteAsync("test/insert", Row(1), CancellationToken.None);
        }

        Assert.That(await CountAsync(), Is.Zero);
    }

    [Test]
    public async Task A_refused_statement_leaves_the_next_transaction_whole()
    {
        await using (var session = await Database.BeginAsync(CancellationToken.None))
        {
            await session.ExecuteAsync("test/insert", Row(1), CancellationToken.None);
            Assert.CatchAsync<DbException>(() => session.ExecuteAsync("test/insert", Row(1), CancellationToken.None));
        }

        await InsertAsync(Row(2));
        Assert.That(await CountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_second_row_with_the_same_key_is_a_unique_violation()
    {
        var first = Row(1);
        await InsertAsync(first);

        var sameKey = Assert.CatchAsync<DbException>(() => InsertAsync(Row(1)));
        var sameUnique = Assert.CatchAsync<DbException>(() => InsertAsync(Row(2) with { GuidKey = first.GuidKey }));
        var missing = Assert.CatchAsync<DbException>(() => InsertAsync(Row(3) with { Body = null! }));
        Assert.That(Database.IsUniqueViolation(sameKey!));
        Assert.That(Database.IsUniqueViolation(sameUnique!));
        Assert.That(Database.IsUniqueViolation(missing!), Is.False);
        Assert.That(Database.IsTransient(sameKey!), Is.False);
    }

    [Test]
    public async Task A_reading_session_cannot_write()
    {
        await InsertAsync(Row(1));
        await using var session = await Database.OpenReadAsync(CancellationToken.None);
        Assert.ThrowsAsync<InvalidOperationException>(() => session.ExecuteAsync("test/add_one", new { Number = 1L }, CancellationToken.None));
        Assert.ThrowsAsync<InvalidOperationException>(() => session.CommitAsync(CancellationToken.None));
    }

    [Test]
    public async Task A_session_ends_with_its_commit()
    {
        await using var session = await Database.BeginAsync(CancellationToken.None);
        await session.ExecuteAsync("test/insert", Row(1), CancellationToken.None);
        await session.CommitAsync(CancellationToken.None);

        Assert.ThrowsAsync<InvalidOperationException>(() => session.ExecuteAsync("test/insert", Row(2), CancellationToken.None));
        Assert.ThrowsAsync<InvalidOperationException>(() => session.CommitAsync(CancellationToken.None));
        await InsertAsync(Row(3)); // would wait for ever if the first session still held the writers' queue
        Assert.That(await CountAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task Writers_at_once_lose_nothing()
    {
        const int Writers = 8;
        const int Times = 25;
        await InsertAsync(Row(1));

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Times; i++)
            {
                await using var session = await Database.BeginAsync(CancellationToken.None);
                await session.ExecuteAsync("test/add_one", new { Number = 1L }, CancellationToken.None);
                await session.CommitAsync(CancellationToken.None);
            }
        })));

        await using var read = await Database.OpenReadAsync(CancellationToken.None);
        Assert.That(await read.ScalarAsync<int>("test/amount", new { Number = 1L }, CancellationToken.None), Is.EqualTo(Writers * Times));
    }

    [Test]
    public async Task Of_two_who_read_the_same_state_one_wins_by_row_count()
    {
        await InsertAsync(Row(1));
        var claims = await Task.WhenAll(Enumerable.Range(1, 8).Select(next => Task.Run(async () =>
        {
            await using var session = await Database.BeginAsync(CancellationToken.None);
            var rows = await session.ExecuteAsync("test/read_and_set", new { Number = 1L, Was = 0, Next = next }, CancellationToken.None);
            await session.CommitAsync(CancellationToken.None);
            return rows;
        })));
        Assert.That(claims.Sum(), Is.EqualTo(1));
    }

    [Test]
    public void An_argument_that_is_missing_is_named()
    {
        var missing = Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await using var session = await Database.OpenReadAsync(CancellationToken.None);
            await session.ScalarAsync<int>("test/amount", new { Nummer = 1L }, CancellationToken.None);
        });
        Assert.That(missing!.Message, Does.Contain("test/amount").And.Contain("@Number"));
    }

    [Test]
    public void A_value_without_a_form_in_the_database_is_refused()
    {
        var refused = Assert.ThrowsAsync<NotSupportedException>(async () =>
        {
            await using var session = await Database.OpenReadAsync(CancellationToken.None);
            await session.ScalarAsync<int>("test/amount", new { Number = new Uri("https://example.org") }, CancellationToken.None);
        });
        Assert.That(refused!.Message, Does.Contain("Uri"));
    }

    [Test]
    public async Task An_enum_that_is_no_member_is_refused_before_it_is_stored()
    {
        Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => InsertAsync(Row(1) with { Colour = (Colour)7 }));
        Assert.That(await CountAsync(), Is.Zero);
    }

    [Test]
    public async Task A_cancelled_wait_does_not_keep_the_others_out()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => Database.BeginAsync(cancelled.Token));
        await InsertAsync(Row(1));
        Assert.That(await CountAsync(), Is.EqualTo(1));
    }

    private static Thing Row(long number) =>
        new() { Number = number, GuidKey = Guid.CreateVersion7(Noon), At = Noon, Day = new DateOnly(2026, 3, 4), Colour = Colour.DarkBlue, Body = [1, 2, 3] };

    private static void AssertSame(Thing read, Thing written)
    {
        Assert.That(read.Body, Is.EqualTo(written.Body));
        Assert.That(read.MaybeBody, Is.EqualTo(written.MaybeBody));
        // Arrays compare by reference: the bytes were compared above.
        Assert.That(read, Is.EqualTo(written with { Body = read.Body, MaybeBody = read.MaybeBody }));
    }

    private async Task InsertAsync(params Thing[] rows)
    {
        await using var session = await Database.BeginAsync(CancellationToken.None);
        foreach (var row in rows)
        {
            await session.ExecuteAsync("test/insert", row, CancellationToken.None);
        }

        await session.CommitAsync(CancellationToken.None);
    }

    private async Task<int> CountAsync()
    {
        await using var session = await Database.OpenReadAsync(CancellationToken.None);
        return await session.ScalarAsync<int>("test/count", null, CancellationToken.None);
    }

    private sealed record Thing
    {
        public long Number { get; init; }

        public Guid GuidKey { get; init; }

        public Guid? MaybeGuid { get; init; }

        public DateTimeOffset At { get; init; }

        public DateTimeOffset? MaybeAt { get; init; }

        public DateOnly Day { get; init; }

        public DateOnly? MaybeDay { get; init; }

        public Colour Colour { get; init; }

        public Colour? MaybeColour { get; init; }

        public byte[] Body { get; init; } = [];

        public byte[]? MaybeBody { get; init; }

        public bool IsOpen { get; init; }

        public int Amount { get; init; }

        public string? Words { get; init; }
    }
}
