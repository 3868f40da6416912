using SignalReview.Trail;

namespace SignalReview.Tests.Trail;

[TestFixture]
internal sealed class CheckpointSignerTests
{
    private const string Origin = "signalreview.example/log";

    private string folder = null!;
    private KeyRing keys = null!;

    [SetUp]
    public void MakeKeys()
    {
        folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, "signer-" + Path.GetRandomFileName());
        keys = KeyRing.OpenOrCreate(folder);
    }

    [TearDown]
    public void Clean()
    {
        keys.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task A_growing_tree_is_signed_also_after_a_restart_and_for_an_earlier_size()
    {
        var tree = Tree(20);
        await SignAsync(tree, 20);
        for (byte i = 20; i < 30; i++)
        {
            tree.Append([i]);
        }

        var note = await SignAsync(tree, 25);
        var earlier = await SignAsync(tree, 7);
        Assert.That(Checkpoint.Parse(SignedNote.Parse(note).Text), Has.Property(nameof(Checkpoint.Size)).EqualTo(25));
        Assert.That(Checkpoint.Parse(SignedNote.Parse(earlier).Text).Root, Is.EqualTo(Tree(7).Frontier.Root()));
        Assert.That(async () => await SignAsync(Tree(20), 20), Throws.InstanceOf<TrailRewrittenException>(), "the earlier size was not remembered as the last");
    }

    [Test]
    public async Task A_restored_old_backup_is_not_signed()
    {
        await SignAsync(Tree(20), 20);

        Assert.That(async () => await SignAsync(Tree(19), 19), Throws.InstanceOf<TrailRewrittenException>().With.Message.Contains("19").And.Message.Contains("20"));
    }

    [Test]
    public async Task A_rewritten_event_is_not_signed_however_much_came_after()
    {
        await SignAsync(Tree(20), 20);
        var rewritten = new MemoryTree();
        for (byte i = 0; i < 40; i++)
        {
            rewritten.Append(i == 11 ? [99] : [i]);
        }

        Assert.That(async () => await SignAsync(rewritten, 40), Throws.InstanceOf<TrailRewrittenException>());
        Assert.That(await SignAsync(Tree(21), 21), Is.Not.Empty, "the true tree still is");
    }

    [Test]
    public async Task A_changed_memory_is_an_alarm()
    {
        await SignAsync(Tree(20), 20);
        var path = Path.Combine(folder, "last-checkpoint");
        KeyFile.Replace(path, File.ReadAllText(path).Replace("\n20\n", "\n10\n", StringComparison.Ordinal));

        Assert.That(async () => await SignAsync(Tree(20), 20), Throws.InstanceOf<TrailRewrittenException>().With.Message.Contains("last-checkpoint"));
    }

    [Test]
    public async Task Signers_at_the_same_time_remember_the_largest()
    {
        var tree = Tree(64);
        await Task.WhenAll(Enumerable.Range(1, 64).Select(size => Task.Run(() => SignAsync(tree, size))));

        Assert.That(async () => await SignAsync(Tree(63), 63), Throws.InstanceOf<TrailRewrittenException>().With.Message.Contains("64"));
    }

    private static MemoryTree Tree(int leaves)
    {
        var tree = new MemoryTree();
        for (var i = 0; i < leaves; i++)
        {
            tree.Append([(byte)i]);
        }

        return tree;
    }

    private async Task<string> SignAsync(MemoryTree tree, long size)
    {
        using var signer = new CheckpointSigner(keys, Origin); // a fresh one each time: what it knows is in the folder
        return await signer.SignAsync(tree, tree.Frontier.Size, size, default);
    }
}
