using System.Data.Common;
using SignalReview.Storage;

namespace SignalReview.Tests.Storage;

internal sealed class MigratorSuite(SqlDialect dialect) : StoreSuite(dialect)
{
    private static readonly MigrationScript First = MigrationScript.Parse("0001_first.sql", "CREATE TABLE first (id INT NOT NULL);");
    private static readonly MigrationScript Second = MigrationScript.Parse("0002_second.sql", "CREATE TABLE second (id INT NOT NULL);\nGO\nINSERT INTO second (id) VALUES (1);");

    protected override bool Migrate => false;

    protected override IReadOnlyDictionary<string, string> Queries { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["test/second.sql"] = "SELECT COUNT(*) FROM second",
        ["test/first.sql"] = "SELECT COUNT(*) FROM first",
    };

    [Test]
    public async Task Scripts_run_once_in_order()
    {
        Assert.That(await RunAsync(Second, First), Is.EqualTo(new[] { First.Name, Second.Name }));
        Assert.That(await RunAsync(First, Second), Is.Empty);
        Assert.That(await CountAsync("test/second"), Is.EqualTo(1));
    }

    [Test]
    public async Task The_products_own_scripts_run_once()
    {
        Assert.That(await Test.Migrator.MigrateAsync(CancellationToken.None), Is.EqualTo(MigrationScript.Embedded(Dialect).Select(m => m.Name)));
        Assert.That(await Test.Migrator.MigrateAsync(CancellationToken.None), Is.Empty);
    }

    [Test]
    public async Task A_later_version_adds_only_what_is_new()
    {
        var later = MigrationScript.Parse("0007_later.sql", "CREATE TABLE later (id INT NOT NULL);");
        await RunAsync(First);
        Assert.That(await RunAsync(First, later), Is.EqualTo(new[] { later.Name }));
    }

    [Test]
    public async Task An_edited_script_is_refused_and_the_next_does_not_run()
    {
        await RunAsync(First);
        var next = MigrationScript.Parse("0002_next.sql", "CREATE TABLE second (id INT NOT NULL);");

        var refused = Assert.ThrowsAsync<MigrationException>(() => RunAsync(MigrationScript.Parse(First.Name, First.Text + " -- edited"), next));
        Assert.That(refused!.Message, Does.Contain("0001_first.sql").And.Contain("new script"));
        Assert.CatchAsync<DbException>(() => CountAsync("test/second"));
    }

    [Test]
    public async Task Line_ends_of_a_checkout_are_no_edit()
    {
        await RunAsync(MigrationScript.Parse("0001_first.sql", "CREATE TABLE first (\n id INT NOT NULL);\n"));
        Assert.That(await RunAsync(MigrationScript.Parse("0001_first.sql", "CREATE TABLE first (\r\n id INT NOT NULL);\r\n")), Is.Empty);
    }

    [Test]
    public async Task A_missing_script_is_refused()
    {
        await RunAsync(First, MigrationScript.Parse("0002_next.sql", "CREATE TABLE second (id INT NOT NULL);"));
        var refused = Assert.ThrowsAsync<MigrationException>(() => RunAsync(First));
        Assert.That(refused!.Message, Does.Contain("0002_next.sql"));
    }

    [Test]
    public async Task A_script_that_comes_in_before_an_applied_one_is_refused()
    {
        var third = MigrationScript.Parse("0003_third.sql", "CREATE TABLE third (id INT NOT NULL);");
        await RunAsync(First, third);
        var refused = Assert.ThrowsAsync<MigrationException>(() => RunAsync(First, MigrationScript.Parse("0002_late.sql", "CREATE TABLE late (id INT NOT NULL);"), third));
        Assert.That(refused!.Message, Does.Contain("0002_late.sql").And.Contain("next free number"));
    }

    [Test]
    public async Task A_script_that_fails_leaves_nothing_and_can_be_mended()
    {
        var wrong = MigrationScript.Parse("0002_wrong.sql", "CREATE TABLE second (id INT NOT NULL); INSERT INTO nowhere (id) VALUES (1);");
        Assert.CatchAsync<DbException>(() => RunAsync(First, wrong));
        Assert.That(await CountAsync("test/first"), Is.Zero, "the script before it stays");

        var mended = MigrationScript.Parse("0002_wrong.sql", "CREATE TABLE second (id INT NOT NULL);");
        Assert.That(await RunAsync(First, mended), Is.EqualTo(new[] { mended.Name }));
    }

    [Test]
    public async Task Two_at_once_both_succeed_and_each_script_runs_once()
    {
        MigrationScript[] scripts =
        [
            .. Enumerable.Range(1, 12).Select(i => MigrationScript.Parse($"{i:D4}_table.sql", $"CREATE TABLE table_{i} (id INT NOT NULL);")),
        ];
        // Each has connections of its own, as another process would; the database's queue of writers is not shared.
        await using var other = Test.Another();
        var done = await Task.WhenAll(
            Task.Run(() => Test.Migrator.MigrateAsync(scripts, CancellationToken.None)),
            Task.Run(() => other.Migrator.MigrateAsync(scripts, CancellationToken.None)));

        Assert.That(done.SelectMany(d => d), Is.EquivalentTo(scripts.Select(s => s.Name)));
        Assert.That(await RunAsync(scripts), Is.Empty);
    }

    private Task<IReadOnlyList<string>> RunAsync(params MigrationScript[] scripts) =>
        Test.Migrator.MigrateAsync(MigrationScript.Ordered(scripts), CancellationToken.None);

    private async Task<int> CountAsync(string query)
    {
        await using var session = await Database.OpenReadAsync(CancellationToken.None);
        return await session.ScalarAsync<int>(query, null, CancellationToken.None);
    }
}
