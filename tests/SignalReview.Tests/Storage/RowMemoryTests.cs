using System.Globalization;
using SignalReview.Storage;

namespace SignalReview.Tests.Storage;

/// <summary>What a write session may take as read, and when it must read again.</summary>
internal sealed class RowMemoryTests
{
    private static readonly Dictionary<string, string> Queries = new(StringComparer.Ordinal)
    {
        ["test/insert.sql"] = "INSERT INTO teams (team, time_zone, day_start, day_end, workdays) VALUES (@Team, 'Europe/Amsterdam', '09:00', '17:00', '12345')",
        ["test/teams.sql"] = "SELECT team FROM teams WHERE @Owner <> '' ORDER BY team",
    };

    private static readonly Guid Owner = new("00000000-0000-7000-8000-000000000001");

    private TestDatabase test;

    [SetUp]
    public async Task OpenAsync() => test = await TestDatabase.SqliteAsync(Queries);

    [TearDown]
    public async Task CloseAsync() => await test.DisposeAsync();

    [Test]
    public async Task What_nobody_wrote_is_not_read_again()
    {
        await WriteAsync("one");
        var first = await TeamsAsync();
        Assert.That(first, Is.EqualTo(new[] { "one" }));
        Assert.That(await TeamsAsync(), Is.SameAs(first));
    }

    [Test]
    public async Task What_was_written_in_between_is_read_again()
    {
        await WriteAsync("one");
        await TeamsAsync();
        await WriteAsync("two");
        Assert.That(await TeamsAsync(), Is.EqualTo(new[] { "one", "two" }));
    }

    [Test]
    public async Task What_another_process_wrote_is_read_again()
    {
        await WriteAsync("one");
        await TeamsAsync();
        await using var other = test.Another();
        await WriteAsync("two", other.Database);
        Assert.That(await TeamsAsync(), Is.EqualTo(new[] { "one", "two" }));
    }

    [Test]
    public async Task A_session_sees_what_it_wrote_itself_and_leaves_nothing_of_it_when_it_is_rolled_back()
    {
        await WriteAsync("one");
        await TeamsAsync();
        await using (var session = await test.Database.BeginAsync(CancellationToken.None))
        {
            await session.ExecuteAsync("test/insert", new { Team = "two" }, CancellationToken.None);
            Assert.That(await TeamsAsync(session), Is.EqualTo(new[] { "one", "two" }));
        }

        Assert.That(await TeamsAsync(), Is.EqualTo(new[] { "one" }));
    }

    [Test]
    public async Task A_session_that_only_reads_has_its_own_snapshot()
    {
        await WriteAsync("one");
        await using var read = await test.Database.OpenReadAsync(CancellationToken.None);
        Assert.That(await TeamsAsync(read), Is.EqualTo(new[] { "one" }));
        await WriteAsync("two");
        await TeamsAsync();
        Assert.That(await TeamsAsync(read), Is.EqualTo(new[] { "one" }), "still the first snapshot");
    }

    [Test]
    public async Task Rows_of_one_owner_are_not_anothers_and_those_not_asked_for_longest_are_forgotten()
    {
        await WriteAsync("one");
        var first = await TeamsAsync();
        var others = Enumerable.Range(0, 64).Select(i => new Guid(string.Create(CultureInfo.InvariantCulture, $"00000000-0000-7000-8000-1{i:d11}"))).ToList();
        foreach (var other in others)
        {
            Assert.That(await TeamsAsync(owner: other), Is.Not.SameAs(first));
        }

        Assert.That(await TeamsAsync(), Is.Not.SameAs(first));
        var last = await TeamsAsync(owner: others[^1]);
        Assert.That(await TeamsAsync(owner: others[^1]), Is.SameAs(last));
    }

    private async Task WriteAsync(string team, IDatabase? database = null)
    {
        await using var session = await (database ?? test.Database).BeginAsync(CancellationToken.None);
        await session.ExecuteAsync("test/insert", new { Team = team }, CancellationToken.None);
        await session.CommitAsync(CancellationToken.None);
    }

    private async Task<IReadOnlyList<string>> TeamsAsync(DbSession? session = null, Guid? owner = null)
    {
        var id = owner ?? Owner;
        if (session is not null)
        {
            return await session.RecallAsync<string>("test/teams", id, new { Owner = id }, CancellationToken.None);
        }

        await using var own = await test.Database.BeginAsync(CancellationToken.None);
        return await own.RecallAsync<string>("test/teams", id, new { Owner = id }, CancellationToken.None);
    }
}
