using Microsoft.Extensions.Logging.Abstractions;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Tests.Storage;
using SignalReview.Trail;

namespace SignalReview.Tests.Trail;

/// <summary>A log that was begun while every hash of the tree, a counter of each dossier and an index of ids were stored goes on as if it never had been otherwise.</summary>
internal sealed class SubtreesMigrationTests(SqlDialect dialect) : StoreSuite(dialect)
{
    private const int Before = 100;
    private const int After = 30;
    private const string Migration = "0017_subtrees.sql";

    private readonly MemoryTree tree = new();

    protected override bool Migrate => false;

    protected override IReadOnlyDictionary<string, string> Queries { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["old/dossier.sql"] = "INSERT INTO dossiers (case_id, trail_seq, key_id, wrapped_key) VALUES (@CaseId, @Seq, @KeyId, @WrappedKey)",
        ["old/event.sql"] = """
            INSERT INTO trail_events (leaf_index, event_id, case_id, case_seq, type, actor_id, at, leaf, leaf_hash)
            VALUES (@Index, @Id, @CaseId, @Seq, 'list.read', @Actor, @At, @Leaf, @Hash)
            """,
        ["old/node.sql"] = "INSERT INTO trail_nodes (level, node_index, hash) VALUES (@Level, @Index, @Hash)",
        ["old/head.sql"] = "INSERT INTO trail_head (log, size, frontier) VALUES (@Log, @Size, @Frontier)",
        ["test/events.sql"] = "SELECT leaf_index, event_id, case_id, case_seq, type, actor_id, at, leaf, leaf_hash FROM trail_events ORDER BY leaf_index",
        ["test/subtrees.sql"] = "SELECT COUNT(*) FROM trail_subtrees",
        ["test/last_seq.sql"] = "SELECT MAX(case_seq) FROM trail_events",
    };

    [Test]
    public async Task A_log_goes_on_where_it_was_and_every_event_of_it_can_be_proven()
    {
        using var keys = KeyRing.OpenOrCreate(Test.Folder);
        var scripts = MigrationScript.Embedded(Dialect);
        var migrator = new Migrator(Database, TimeProvider.System, NullLogger<Migrator>.Instance);
        await migrator.MigrateAsync([.. scripts.Where(s => string.CompareOrdinal(s.Name, Migration) < 0)], CancellationToken.None);
        await WriteOldAsync(keys);
        var before = await EventsAsync();

        Assert.That(await migrator.MigrateAsync(CancellationToken.None), Does.Contain(Migration));
        Assert.That(before, Has.Count.EqualTo(Before));
        Assert.That(await EventsAsync(), Is.EqualTo(before));
        await AppendAsync(keys);

        await using var db = await Database.OpenReadAsync(CancellationToken.None);
        // 16, 32, 64 and 128 leaves.
        Assert.That(await db.ScalarAsync<long>("test/subtrees", null, CancellationToken.None), Is.EqualTo(8 + 4 + 2 + 1));
        Assert.That(await db.ScalarAsync<long>("test/last_seq", null, CancellationToken.None), Is.EqualTo(Before + After));
        var stored = new DatabaseTree(db);
        Assert.That(await MerkleTree.RootAsync(stored, Before + After, CancellationToken.None), Is.EqualTo(tree.Frontier.Root()));
        for (var leaf = 0; leaf < Before + After; leaf++)
        {
            Assert.That(
                await MerkleTree.InclusionProofAsync(stored, leaf, Before + After, CancellationToken.None),
                Is.EqualTo(await MerkleTree.InclusionProofAsync(tree, leaf, Before + After, CancellationToken.None)),
                $"leaf {leaf}");
        }
    }

    private async Task<IReadOnlyList<object?[]>> EventsAsync()
    {
        await using var db = await Database.OpenReadAsync(CancellationToken.None);
        return await db.RawAsync("test/events", null, CancellationToken.None);
    }

    private async Task WriteOldAsync(KeyRing keys)
    {
        var now = TimeProvider.System.GetUtcNow().Truncate();
        using var key = keys.NewDossierKey(CaseId.Organisation.Value, out var wrapped);
        await using var db = await Database.BeginAsync(CancellationToken.None);
        await db.ExecuteAsync(
            "old/dossier", new { CaseId = CaseId.Organisation, Seq = (long)Before, KeyId = KeyRing.KeyIdOf(wrapped), WrappedKey = wrapped }, CancellationToken.None);
        var frontier = Frontier.Empty;
        for (var i = 0L; i < Before; i++)
        {
            var id = Guid.CreateVersion7(now);
            var leaf = new EventHeader(
                TrailLog.Name, id, now, "list.read", CaseId.Organisation.Value, i + 1, PersonId.System.ToString(), "system", null, null, null, new byte[Commitment.Size]).ToLeaf();
            var hash = MerkleTree.LeafHash(leaf);
            await db.ExecuteAsync(
                "old/event",
                new { Index = i, Id = id, CaseId = CaseId.Organisation, Seq = i + 1, Actor = PersonId.System, At = now, Leaf = leaf, Hash = hash },
                CancellationToken.None);
            foreach (var node in frontier.Append(hash))
            {
                await db.ExecuteAsync("old/node", new { node.Level, node.Index, node.Hash }, CancellationToken.None);
            }

            tree.Append(leaf);
        }

        await db.ExecuteAsync("old/head", new { Log = TrailLog.Name, frontier.Size, Frontier = frontier.ToBytes() }, CancellationToken.None);
        await db.CommitAsync(CancellationToken.None);
    }

    private async Task AppendAsync(KeyRing keys)
    {
        var now = TimeProvider.System.GetUtcNow().Truncate();
        await using (var db = await Database.BeginAsync(CancellationToken.None))
        {
            using var dossier = await ReadLog.OrganisationAsync(db, keys, CancellationToken.None);
            for (var i = 0; i < After; i += 3)
            {
                var events = Enumerable.Range(0, 3).Select(_ => new PendingEvent(Guid.CreateVersion7(now), "list.read", PersonId.System, "system", TrailJson.Canonical(new { list = "test" })));
                await TrailLog.AppendAsync(db, dossier, [.. events], null, null, now, CancellationToken.None);
            }

            await db.CommitAsync(CancellationToken.None);
        }

        await using var read = await Database.OpenReadAsync(CancellationToken.None);
        foreach (var row in await read.QueryAsync<LeafOnly>("trail/feed_leaves", new { After = (long)Before - 1, Last = (long)Before + After }, CancellationToken.None))
        {
            tree.Append(row.Leaf);
        }
    }

    private sealed record LeafOnly
    {
        public byte[] Leaf { get; init; } = [];
    }
}
