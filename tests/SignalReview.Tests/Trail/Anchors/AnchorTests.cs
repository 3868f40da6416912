using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Trail.Anchors;
using SignalReview.Trail.Signing;

namespace SignalReview.Tests.Trail.Anchors;

/// <summary>The whole way: a checkpoint is signed, queued with it, sent, and its receipt kept.</summary>
internal sealed class AnchorTests
{
    private const string Note = "signalreview\n5\nabc=\n\n— signalreview AAAA\n";

    private DirectoryInfo folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("signalreview-anchor-");

    [TearDown]
    public void RemoveFolder() => folder.Delete(recursive: true);

    [Test]
    public async Task A_checkpoint_goes_to_the_file_the_webhook_and_the_authority_once_each()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new(2026, 3, 16, 9, 15, 0, TimeSpan.Zero));
        await using var authority = await SmallAuthority.StartAsync(time);
        await using var hook = await SmallWebhook.StartAsync();
        var file = Path.Combine(folder.FullName, "checkpoints.log");
        await using var world = await CaseWorld.StartAsync(settings: Settings(authority, hook, file, everyMinutes: 0));
        await world.SubmitAsync();
        await RoundAsync(world);

        var sent = await SendAsync(world);
        Assert.That(sent.Select(s => (s.Anchor, s.Answer.Outcome)), Is.EquivalentTo(
            new[] { ("archive", AnchorOutcome.Done), ("board", AnchorOutcome.Done), ("clock", AnchorOutcome.Done) }));
        Assert.That(await SendAsync(world), Is.Empty, "once each");

        var note = world.Get<SignerState>().Last()!;
        var size = world.Get<CheckpointSigner>().Last()!.Checkpoint.Size;
        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo(note + "\n"));
        var post = hook.Posts.Single();
        Assert.Multiple(() =>
        {
            Assert.That(post.Body, Is.EqualTo(note));
            Assert.That(post.Size, Is.EqualTo(size.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            Assert.That(post.Bearer, Is.EqualTo("Bearer drager"));
            Assert.That(post.Signature, Is.EqualTo("sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData("gedeeld geheim"u8, Encoding.UTF8.GetBytes(note)))));
        });

        await using var db = await world.Database.OpenReadAsync(default);
        var receipts = await AnchorQueue.ReceiptsAsync(db, size, null, default);
        Assert.That(receipts.Select(r => r.Note).Distinct(), Is.EqualTo(new[] { note }));
        Assert.That(Encoding.UTF8.GetString(receipts.Single(r => r.Anchor == "board").Receipt!), Is.EqualTo("ontvangen"));
        var trusted = new X509Certificate2Collection();
        trusted.ImportFromPem(authority.RootPem);
        var token = receipts.Single(r => r.Kind == AnchorKind.Timestamp).Receipt!;
        Assert.That(TimestampToken.Verify(token, Encoding.UTF8.GetBytes(note), trusted, out var at).Outcome, Is.EqualTo(AnchorOutcome.Done));
        Assert.That(at, Is.EqualTo(world.Now).Within(TimeSpan.FromSeconds(1)));
        Assert.That(TimestampToken.Verify(token, Encoding.UTF8.GetBytes(note + " "), trusted, out _).Outcome, Is.EqualTo(AnchorOutcome.OtherHash));
        Assert.That(await AnchorQueue.ReceiptsAsync(db, size - 1, null, default), Is.Empty, "not those of larger trees");
    }

    [Test]
    public async Task Openssl_accepts_the_token_that_was_kept()
    {
        if (!File.Exists("/usr/bin/openssl"))
        {
            Assert.Ignore("openssl is not installed.");
        }

        await using var authority = await SmallAuthority.StartAsync(TimeProvider.System);
        using var anchor = Clock(authority);
        var token = (await anchor.SendAsync(Note, 5, default)).Receipt!;
        var (note, der, root) = (Path.Combine(folder.FullName, "note"), Path.Combine(folder.FullName, "token"), Path.Combine(folder.FullName, "root.pem"));
        await File.WriteAllTextAsync(note, Note);
        await File.WriteAllBytesAsync(der, token);
        await File.WriteAllTextAsync(root, authority.RootPem);
        using var openssl = Process.Start(new ProcessStartInfo(
            "/usr/bin/openssl", ["ts", "-verify", "-data", note, "-in", der, "-token_in", "-CAfile", root])
        { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var said = await openssl.StandardOutput.ReadToEndAsync() + await openssl.StandardError.ReadToEndAsync();
        await openssl.WaitForExitAsync();
        Assert.That(openssl.ExitCode, Is.Zero, said);
    }

    [TestCase(AuthorityMood.Honest, AnchorOutcome.Done)]
    [TestCase(AuthorityMood.OtherHash, AnchorOutcome.OtherHash)]
    [TestCase(AuthorityMood.OtherNonce, AnchorOutcome.OtherNonce)]
    [TestCase(AuthorityMood.NoNonce, AnchorOutcome.OtherNonce)]
    [TestCase(AuthorityMood.OtherPolicy, AnchorOutcome.OtherPolicy)]
    [TestCase(AuthorityMood.OtherTime, AnchorOutcome.OtherTime)]
    [TestCase(AuthorityMood.OtherRoot, AnchorOutcome.Untrusted)]
    [TestCase(AuthorityMood.NotForTimestamping, AnchorOutcome.BadSignature)]
    [TestCase(AuthorityMood.Flipped, AnchorOutcome.BadSignature)]
    [TestCase(AuthorityMood.Refuses, AnchorOutcome.NotGranted)]
    [TestCase(AuthorityMood.GrantsNothing, AnchorOutcome.Garbage)]
    [TestCase(AuthorityMood.Garbage, AnchorOutcome.Garbage)]
    [TestCase(AuthorityMood.Empty, AnchorOutcome.Garbage)]
    [TestCase(AuthorityMood.Slow, AnchorOutcome.TimedOut)]
    [TestCase(AuthorityMood.Fails, AnchorOutcome.BadStatus)]
    public async Task What_is_wrong_with_an_authoritys_answer_is_named_and_it_is_not_kept(AuthorityMood mood, AnchorOutcome expected)
    {
        await using var authority = await SmallAuthority.StartAsync(TimeProvider.System);
        authority.Mood = mood;
        using var anchor = Clock(authority);

        var answer = await anchor.SendAsync(Note, 5, default);
        Assert.That(answer.Outcome, Is.EqualTo(expected), answer.Detail);
        Assert.That(answer.Receipt is not null, Is.EqualTo(expected == AnchorOutcome.Done));
        if (mood == AuthorityMood.Refuses)
        {
            Assert.That(answer.Detail, Does.Contain("vandaag gesloten"));
        }
    }

    [Test]
    public async Task An_authority_that_is_not_there_is_unreachable_and_a_missing_certificate_is_named()
    {
        await using var authority = await SmallAuthority.StartAsync(TimeProvider.System);
        using var nobody = new TimestampAnchor("clock", TimeSpan.Zero, new(new("http://127.0.0.1:1"), Trusted(authority), null), TimeSpan.FromSeconds(2), TimeProvider.System);
        using var untrusting = new TimestampAnchor("clock", TimeSpan.Zero, new(authority.Url, Path.Combine(folder.FullName, "none"), null), TimeSpan.FromSeconds(2), TimeProvider.System);

        Assert.That((await nobody.SendAsync(Note, 5, default)).Outcome, Is.EqualTo(AnchorOutcome.Unreachable));
        Assert.That((await untrusting.SendAsync(Note, 5, default)).Outcome, Is.EqualTo(AnchorOutcome.Untrusted));
    }

    [Test]
    public async Task A_webhook_that_fails_is_tried_again_ever_more_rarely_and_shows_on_health_until_it_takes_the_checkpoint()
    {
        await using var hook = await SmallWebhook.StartAsync();
        hook.Status = 500;
        await using var world = await CaseWorld.StartAsync(settings: new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Trail:Anchors:board:Webhook"] = hook.Url,
            ["Trail:Anchors:board:EveryMinutes"] = "0",
        });
        await world.SubmitAsync();
        await RoundAsync(world);
        Assert.That((await SendAsync(world)).Single().Answer.Outcome, Is.EqualTo(AnchorOutcome.BadStatus));
        Assert.That(await SendAsync(world), Is.Empty, "not at once again");

        var tries = 1;
        for (var minute = 0; minute < 120; minute++)
        {
            world.Time.Advance(TimeSpan.FromMinutes(1));
            tries += (await SendAsync(world)).Count;
        }

        Assert.That(tries, Is.InRange(8, 14));
        var failing = await HealthAsync(world);
        Assert.That(failing.State, Is.EqualTo(TrailState.AnchorFails));
        Assert.That(failing.Anchors.Single(), Has.Property(nameof(AnchorState.Waiting)).EqualTo(1).And.Property(nameof(AnchorState.Failure)).EqualTo(AnchorOutcome.BadStatus));

        hook.Status = 200;
        world.Time.Advance(TimeSpan.FromMinutes(31));
        Assert.That((await SendAsync(world)).Single().Answer.Outcome, Is.EqualTo(AnchorOutcome.Done));
        Assert.That((await HealthAsync(world)).State, Is.EqualTo(TrailState.Signed));
    }

    [Test]
    public async Task Hosts_that_send_at_the_same_time_send_once_and_a_dead_hosts_claim_runs_out()
    {
        await using var hook = await SmallWebhook.StartAsync();
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Trail:Anchors:board:Webhook"] = hook.Url, ["Trail:Anchors:board:EveryMinutes"] = "0" };
        await using var world = await CaseWorld.StartAsync(settings: settings);
        await using var other = await world.AnotherAsync();
        await world.SubmitAsync();
        await RoundAsync(world);
        await Task.WhenAll(Task.Run(() => SendAsync(world)), Task.Run(() => SendAsync(other)));
        Assert.That(hook.Posts, Has.Count.EqualTo(1));

        // One claims the next and dies.
        await world.SubmitAsync();
        await RoundAsync(world);
        using (var dies = new CancellationTokenSource())
        {
            hook.OnPost = dies.Cancel;
            Assert.That(async () => await world.Get<AnchorQueue>().SendDueAsync(dies.Token), Throws.InstanceOf<OperationCanceledException>());
            hook.OnPost = null;
        }

        Assert.That(await SendAsync(other), Is.Empty, "it is claimed");
        world.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.That((await SendAsync(other)).Single().Answer.Outcome, Is.EqualTo(AnchorOutcome.Done));
    }

    [Test]
    public async Task Between_two_sends_lies_the_time_that_is_set()
    {
        var file = Path.Combine(folder.FullName, "checkpoints.log");
        await using var world = await CaseWorld.StartAsync(settings: new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Trail:Anchors:archive:File"] = file,
            ["Trail:Anchors:archive:EveryMinutes"] = "30",
        });
        List<int> sends = [];
        for (var i = 0; i < 7; i++)
        {
            await world.SubmitAsync();
            await RoundAsync(world);
            sends.Add((await SendAsync(world)).Count);
            world.Time.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.That(sends, Is.EqualTo(new[] { 1, 0, 0, 1, 0, 0, 1 }));
    }

    [Test]
    public async Task A_checkpoint_that_an_export_stored_is_sent_too_and_one_that_came_too_soon_when_its_time_has_come()
    {
        var file = Path.Combine(folder.FullName, "checkpoints.log");
        await using var world = await CaseWorld.StartAsync(settings: new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Trail:Anchors:archive:File"] = file,
            ["Trail:Anchors:archive:EveryMinutes"] = "30",
        });
        await world.SubmitAsync();
        await using (var db = await world.Database.OpenReadAsync(default))
        {
            var size = await db.ScalarAsync<long>("trail/head_size", new { Log = TrailLog.Name }, default);
            var note = await world.Get<CheckpointSigner>().SignAsync(new DatabaseTree(db), size, size, default);
            await using var write = await world.Database.BeginAsync(default);
            await write.ExecuteAsync("trail/insert_checkpoint", new { TreeSize = size, At = world.Now, Note = note }, default);
            await write.CommitAsync(default);
        }

        await RoundAsync(world);
        Assert.That(await SendAsync(world), Has.Count.EqualTo(1), "the export's");
        await world.SubmitAsync();
        await RoundAsync(world);
        Assert.That(await SendAsync(world), Is.Empty, "too soon");
        world.Time.Advance(TimeSpan.FromMinutes(31));
        await RoundAsync(world);
        Assert.That(await SendAsync(world), Has.Count.EqualTo(1), "nothing came since, and still it is sent");
        await RoundAsync(world);
        Assert.That(await SendAsync(world), Is.Empty);
    }

    [Test]
    public async Task The_file_is_only_added_to_and_what_was_cut_off_does_not_run_into_what_follows()
    {
        var path = Path.Combine(folder.FullName, "checkpoints.log");
        var anchor = new FileAnchor("archive", TimeSpan.Zero, path);
        await anchor.SendAsync(Note, 5, default);
        await anchor.SendAsync(Note, 5, default); // the answer got lost, and it is sent again
        await File.AppendAllTextAsync(path, "half a no");
        await anchor.SendAsync(Note.Replace("5", "6", StringComparison.Ordinal), 6, default);

        Assert.That(await File.ReadAllTextAsync(path), Is.EqualTo($"{Note}\nhalf a no\n\n{Note.Replace("5", "6", StringComparison.Ordinal)}\n"));
        Assert.That((await new FileAnchor("archive", TimeSpan.Zero, Path.Combine(folder.FullName, "no", "such", "folder")).SendAsync(Note, 5, default)).Outcome, Is.EqualTo(AnchorOutcome.Unwritable));
    }

    [TestCase("Trail:Anchors:a b:File", "/x", "needs a name")]
    [TestCase("Trail:Anchors:x:EveryMinutes", "5", "needs one of File")]
    [TestCase("Trail:Anchors:x:Webhook", "http://example.org", "https address")]
    [TestCase("Trail:Anchors:x:Timestamp", "http://example.org", "Trusted is missing")]
    public void A_wrong_setting_stops_the_start_and_is_named(string key, string value, string says) => Assert.That(
        async () =>
        {
            await using var world = await CaseWorld.StartAsync(settings: new Dictionary<string, string?>(StringComparer.Ordinal) { [key] = value });
            world.Get<AnchorQueue>();
        },
        Throws.InstanceOf<InvalidOperationException>().With.Message.Contains(says));

    private static Task<CheckpointOutcome> RoundAsync(CaseWorld world) => world.Get<CheckpointRound>().RunAsync(default);

    private static Task<IReadOnlyList<(string Anchor, long TreeSize, AnchorAnswer Answer)>> SendAsync(CaseWorld world) => world.Get<AnchorQueue>().SendDueAsync(default);

    private static Task<TrailHealthReport> HealthAsync(CaseWorld world) => world.Get<TrailHealth>().ReadAsync(default);

    private TimestampAnchor Clock(SmallAuthority authority) =>
        new("clock", TimeSpan.Zero, new(authority.Url, Trusted(authority), SmallAuthority.Policy), TimeSpan.FromSeconds(3), TimeProvider.System);

    private string Trusted(SmallAuthority authority)
    {
        var path = Path.Combine(folder.FullName, "trusted.pem");
        File.WriteAllText(path, authority.RootPem);
        return path;
    }

    private string Secret(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        KeyFile.Replace(path, text + "\n");
        return path;
    }

    private Dictionary<string, string?> Settings(SmallAuthority authority, SmallWebhook hook, string file, int everyMinutes)
    {
        var minutes = everyMinutes.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new(StringComparer.Ordinal)
        {
            ["Trail:Anchors:archive:File"] = file,
            ["Trail:Anchors:archive:EveryMinutes"] = minutes,
            ["Trail:Anchors:board:Webhook"] = hook.Url,
            ["Trail:Anchors:board:SecretFile"] = Secret("secret", "gedeeld geheim"),
            ["Trail:Anchors:board:BearerFile"] = Secret("bearer", "drager"),
            ["Trail:Anchors:board:EveryMinutes"] = minutes,
            ["Trail:Anchors:clock:Timestamp"] = authority.Url.ToString(),
            ["Trail:Anchors:clock:Trusted"] = Trusted(authority),
            ["Trail:Anchors:clock:EveryMinutes"] = minutes,
        };
    }

    private sealed record Post(string Body, string? Size, string? Signature, string? Bearer);

    private sealed class SmallWebhook : IAsyncDisposable
    {
        private readonly WebApplication app;

        private SmallWebhook(WebApplication app) => this.app = app;

        public ConcurrentQueue<Post> Posts { get; } = new();

        public int Status { get; set; } = 200;

        public Action? OnPost { get; set; }

        public string Url => app.Urls.First() + "/checkpoints";

        public static async Task<SmallWebhook> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var made = builder.Build();
            made.Urls.Add("http://127.0.0.1:0");
            var hook = new SmallWebhook(made);
            made.Run(async context =>
            {
                using var reader = new StreamReader(context.Request.Body);
                var body = await reader.ReadToEndAsync();
                hook.OnPost?.Invoke();
                var headers = context.Request.Headers;
                hook.Posts.Enqueue(new(body, headers["SignalReview-Tree-Size"], headers["SignalReview-Signature"], headers.Authorization));
                context.Response.StatusCode = hook.Status;
                await context.Response.WriteAsync("ontvangen");
            });
            await made.StartAsync();
            return hook;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
