using System.Text.Json.Nodes;
using SignalReview.Trail;
using SignalReview.Trail.Bundles;

namespace SignalReview.Tests.Trail.Bundles;

/// <summary>A log in memory, written as the store writes its tables, from which bundles are made.</summary>
internal sealed class TestLog : IDisposable
{
    public const string Origin = "signalreview.example/team-noord";

    public static readonly Guid Case = new("0191d0a0-0000-7000-8000-0000000000c1");
    public static readonly Guid OtherCase = new("0191d0a0-0000-7000-8000-0000000000c2");

    private static readonly DateTimeOffset Start = new(2026, 3, 16, 9, 5, 0, TimeSpan.Zero);

    private readonly List<(Guid Case, BundleEvent Event)> events = [];
    private readonly Dictionary<Guid, long> sequences = [];
    private readonly string folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, "log-" + Path.GetRandomFileName());
    private readonly KeyRing keys;

    public TestLog()
    {
        keys = KeyRing.OpenOrCreate(folder);
        Signer = new CheckpointSigner(keys, Origin);
    }

    public MemoryTree Tree { get; } = new();

    public CheckpointSigner Signer { get; }

    public string Folder => folder;

    public VerifierKey Key => Signer.VerifierKey;

    /// <summary>A whole case, with events of another one in between, that ends in its export.</summary>
    public static TestLog WithCase()
    {
        var log = new TestLog();
        log.Add(OtherCase, "signal.submitted", "w2", "submitter", new JsonObject { ["title"] = "Andere casus" });
        log.Add(Case, "signal.submitted", "w1", "submitter", Signal());
        log.Add(Case, "reader.invited", "system", "system", new JsonObject { ["reader"] = "w3" });
        log.Add(OtherCase, "case.read", "w7", "coordinator", []);
        var readings = new JsonArray();
        foreach (var reader in new[] { "w3", "w9", "w7" })
        {
            readings.Add(log.Add(Case, "interpretation.submitted", reader, "reader", Reading(reader)).ToString("D"));
        }

        log.Add(Case, "interpretations.revealed", "system", "system", new JsonObject { ["reason"] = "allIn", ["readings"] = readings });
        for (var round = 1; round <= 2; round++)
        {
            var votes = new JsonArray();
            foreach (var voter in new[] { "w1", "w3", "w9", "w7" })
            {
                votes.Add(log.Add(Case, "vote.cast", voter, "reader", Vote(round, voter)).ToString("D"));
            }

            log.Add(OtherCase, "question.asked", "w5", "reader", new JsonObject { ["question"] = "Hoe oud?" });
            log.Add(Case, "votes.revealed", "system", "system", new JsonObject { ["round"] = round, ["reason"] = "allIn", ["ballots"] = votes });
        }

        log.Add(Case, "decision.made", "w1", "owner", new JsonObject { ["outcome"] = "talk", ["facts"] = new JsonArray("clip", "straatnaam") });
        log.Add(Case, "decision.approved", "w7", "approver", []);
        log.Add(Case, "trail.exported", "w10", "auditor", new JsonObject { ["reason"] = "=controle, \"steekproef\"\r\nmaart" });
        return log;
    }

    public Guid Add(
        Guid @case, string type, string actor, string role, JsonObject body, BodyOmission? omission = null, Guid? id = null, long? seq = null)
    {
        var index = Tree.Frontier.Size;
        var at = Start.AddMinutes(index);
        id ??= Guid.CreateVersion7(at);
        seq = sequences[@case] = seq ?? sequences.GetValueOrDefault(@case) + 1;
        var salt = Commitment.NewSalt();
        var json = Jcs.Canonicalize(body);
        var header = new EventHeader(
            Origin, id.Value, at, type, @case, seq, actor, role, null, Guid.CreateVersion7(at), "collegial-consultation@3", Commitment.Compute(salt, json));
        var leaf = header.ToLeaf();
        Tree.Append(leaf);
        events.Add((@case, omission is { } why ? new BundleEvent(index, leaf, why) : new BundleEvent(index, leaf, new BundleBody(salt, json))));
        return id.Value;
    }

    public IEnumerable<BundleEvent> EventsOf(Guid @case) => events.Where(e => e.Case == @case).Select(e => e.Event);

    public Task<string> CheckpointAsync(long? size = null) => Signer.SignAsync(Tree, Tree.Frontier.Size, size ?? Tree.Frontier.Size, default);

    public async Task<BundleRequest> RequestAsync(Guid @case) => new()
    {
        Case = @case,
        At = Start.AddDays(1),
        Organisation = "Jongerenwerk Noord",
        CheckpointNote = await CheckpointAsync(EventsOf(@case).Last().LeafIndex + 1),
        NameOf = id => id switch { "w1" => "Samira el Idrissi", "w3" => "<b>Daan</b>", "w9" => "=Noor", _ => null },
        Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam"),
        TemporaryFolder = folder,
    };

    public async Task<byte[]> BundleAsync(Guid @case, Func<BundleRequest, BundleRequest>? change = null)
    {
        var request = await RequestAsync(@case);
        using var output = new MemoryStream();
        await new BundleWriter(Signer).WriteAsync(output, change?.Invoke(request) ?? request, EventsOf(@case).ToAsyncEnumerable(), Tree, default);
        return output.ToArray();
    }

    /// <summary>A bundle of the whole log, or of all that happened from one leaf up to another.</summary>
    public async Task<byte[]> RangeAsync(long? from = null, long? before = null, Func<BundleRequest, BundleRequest>? change = null)
    {
        var whole = from is null;
        var size = Tree.Frontier.Size;
        var (first, end) = whole ? (0, size) : (Math.Max(0, from!.Value - 1), Math.Min(size, before!.Value + 1));
        var request = (await RequestAsync(Case)) with
        {
            Case = null,
            Scope = whole ? BundleScope.Everything : BundleScope.Period,
            Period = whole ? null : new BundlePeriod(Start.AddMinutes(from!.Value), Start.AddMinutes(before!.Value)),
            FirstLeaf = first,
            CheckpointNote = await CheckpointAsync(),
        };
        using var output = new MemoryStream();
        var leaves = events.Select(e => e.Event).Skip((int)first).Take((int)(end - first));
        await new BundleWriter(Signer).WriteAsync(output, change?.Invoke(request) ?? request, leaves.ToAsyncEnumerable(), Tree, default);
        return output.ToArray();
    }

    public void Dispose()
    {
        Signer.Dispose();
        keys.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static JsonObject Signal() => new()
    {
        ["title"] = "Drillclip met straatnaam en mes-emoji 🔪",
        ["urgency"] = "today",
        ["secondHand"] = false,
        ["online"] = new JsonObject { ["literalText"] = "we weten waar je chillt 🔪🤫 <script>alert(1)</script>", ["signs"] = new JsonArray("🔪", "ops") },
        ["offline"] = new JsonObject { ["unknowns"] = new JsonArray("wie het account is") },
    };

    private static JsonObject Reading(string by) => new()
    {
        ["kind"] = "reading",
        ["decoding"] = $"lezing van {by}\nmet een tweede regel",
        ["readingPosition"] = "negotiated",
        ["concern"] = 6,
    };

    private static JsonObject Vote(int round, string by) =>
        new() { ["round"] = round, ["option"] = "talk", ["concern"] = 5, ["confidence"] = 70, ["reason"] = $"reden van {by} in ronde {round}" };
}
