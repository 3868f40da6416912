using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Workflow;

namespace SignalReview.Tests.Workflow.Engines;

/// <summary>One database, and the processes that work on it one after the other, each until it is killed.</summary>
internal sealed class KillLane(string engine, int seed) : IDisposable
{
    /// <summary>So far lies one life from the next: deadlines, reminders and pauses come due among the commands.</summary>
    private static readonly TimeSpan BetweenLives = TimeSpan.FromHours(3);

    private static readonly DateTimeOffset Start = new(2026, 3, 16, 9, 15, 0, TimeSpan.Zero);
    private static readonly string[] ByTheClock = ["deadline.fired", "deadline.reminded", "reader.expired"];

    /// <summary>Steps that leave an event of their own when they are asked.</summary>
    private static readonly (string Activity, string Event)[] Visible =
    [
        ("CallCard", "callcard.shown"), ("OpenRoom", "room.opened"), ("Discuss", "discussion.opened"), ("CollectVotes", "vote.opened"),
        ("Escalate", "case.escalated"), ("CloseCase", "case.closed"),
    ];

    private static readonly Dictionary<string, string> Queries = new(StringComparer.Ordinal)
    {
        ["kill/cases.sql"] = "SELECT case_id, phase, seq, urgency, workflow_sha256 FROM cases ORDER BY case_id",
        ["kill/receipts.sql"] = "SELECT command_id, case_id, seq FROM receipts ORDER BY seq",
        ["kill/deadlines.sql"] = "SELECT deadline_id, kind, state FROM deadlines WHERE case_id = @CaseId",
        ["kill/outbox.sql"] = "SELECT seq FROM outbox WHERE case_id = @CaseId ORDER BY seq",
        ["kill/instance.sql"] = "SELECT flow_state FROM workflow_instances WHERE case_id = @CaseId",
        ["kill/leaves.sql"] = "SELECT leaf, leaf_hash FROM trail_events ORDER BY leaf_index",
    };

    private readonly string folder = Directory.CreateTempSubdirectory("signalreview-kill-").FullName;
    private readonly Random dice = new(seed);
    private readonly List<Answer> acknowledged = [];
    private readonly HashSet<Guid> refused = [];
    private string? unanswered;

    public int Deaths { get; private set; }

    public int Acknowledged => acknowledged.Count;

    public int Repeated { get; private set; }

    public int Cases { get; private set; }

    /// <summary>Deadlines, reminders and invitations that came due.</summary>
    public int Fired { get; private set; }

    private string Now => (Start + (BetweenLives * Deaths)).ToString("O", CultureInfo.InvariantCulture);

    /// <summary>One life, to its violent end; then what was acknowledged in it is looked for.</summary>
    public async Task LiveAndDieAsync(CancellationToken ct)
    {
        // Inside the transaction, just after a commit, or whenever.
        var die = dice.Next(4) switch
        {
            0 => $"engine:{dice.Next(1, 60)}",
            1 => $"commit:{dice.Next(1, 25)}",
            _ => null,
        };
        using var process = Begin(die is null ? [] : ["--die", die]);
        var before = acknowledged.Count;
        var errors = process.StandardError.ReadToEndAsync(ct);
        while (await process.StandardOutput.ReadLineAsync(ct) is { } line)
        {
            if (line == "ready" && die is null)
            {
                _ = KillAsync(process, TimeSpan.FromMilliseconds(dice.Next(200)));
            }

            Hear(line);
        }

        await process.WaitForExitAsync(ct);
        Assert.That(process.ExitCode, Is.Not.Zero.And.Not.EqualTo(4), await errors);
        Assert.That(await errors, Is.Empty);
        Deaths++;
        await LookForAsync(acknowledged.Skip(before), ct);
    }

    /// <summary>A last process works until all cases are closed.</summary>
    public async Task FinishAsync(TimeSpan atMost, CancellationToken ct)
    {
        using var process = Begin(["--finish", "true"]);
        var errors = process.StandardError.ReadToEndAsync(ct);
        var clock = Stopwatch.StartNew();
        while (await process.StandardOutput.ReadLineAsync(ct) is { } line)
        {
            Hear(line);
            if (clock.Elapsed > atMost)
            {
                process.Kill();
                Assert.Fail($"Cases are still open after {atMost}. The last was: {line}");
            }
        }

        await process.WaitForExitAsync(ct);
        Assert.That(process.ExitCode, Is.Zero, await errors);
        await LookForAsync(acknowledged, ct);
    }

    /// <summary>Looks at everything that the killed processes left.</summary>
    public async Task CheckAsync(Func<DbSession, CaseId, CancellationToken, Task> checkEngine, CancellationToken ct)
    {
        using var database = Open();
        using var keys = KeyRing.OpenOrCreate(DataFolder.At(folder).KeysFolder);
        await using var db = await database.OpenReadAsync(ct);
        var cases = await db.QueryAsync<CaseRow>("kill/cases", null, ct);
        var receipts = (await db.QueryAsync<ReceiptRow>("kill/receipts", null, ct)).ToLookup(r => r.CaseId);
        Assert.That(receipts.SelectMany(r => r).Select(r => r.CommandId).Where(refused.Contains), Is.Empty, "what was refused was not done");
        Assert.That(cases, Has.Count.GreaterThan(3));
        foreach (var row in cases)
        {
            Assert.That(row.Phase, Is.EqualTo(CasePhase.Closed));
            using var dossier = await Dossier.OpenAsync(db, keys, row.CaseId, ct);
            var events = (await db.QueryAsync<EventRow>("trail/case_events", new { row.CaseId }, ct)).Select(e => e with { Cause = CauseOf(e.Leaf) }).ToList();
            var completions = events.Where(e => e.Type == "step.completed")
                .Select(e => JsonSerializer.Deserialize<StepCompletion>(TrailBodies.Open(dossier!, e.EventId, e.Body).Body.Span, TrailJson.Options)!).ToList();
            var played = KillReplay.Of(DefinitionLibrary.Shipped().All.Single(d => d.Sha256 == row.WorkflowSha256), Inputs(row), completions);
            using (Assert.EnterMultipleScope())
            {
                CheckOnce(row, events, [.. receipts[row.CaseId]]);
                CheckSteps(played, events);
                Fired += CheckDeadlines(events, await db.QueryAsync<DeadlineRow>("kill/deadlines", new { row.CaseId }, ct));
                Assert.That(
                    await db.QueryAsync<long>("kill/outbox", new { row.CaseId }, ct),
                    Is.EqualTo(receipts[row.CaseId].Select(r => r.Seq).Skip(1)), "everybody is told of each change once; of a draft nobody is");
                await checkEngine(db, row.CaseId, ct);
            }
        }

        await CheckTreeAsync(db, ct);
        Cases = cases.Count;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static Dictionary<string, JsonElement> Inputs(CaseRow row) => new(StringComparer.Ordinal)
    {
        ["CaseId"] = JsonSerializer.SerializeToElement(row.CaseId),
        ["Urgency"] = JsonSerializer.SerializeToElement(row.Urgency),
        ["Reopened"] = JsonSerializer.SerializeToElement(false),
    };

    private static void CheckOnce(CaseRow row, IReadOnlyList<EventRow> events, IReadOnlyList<ReceiptRow> receipts)
    {
        Assert.That(receipts.Select(r => r.Seq), Is.EqualTo(Enumerable.Range(1, (int)row.Seq).Select(n => (long)n)), "one receipt a change, no change without");
        Assert.That(events.Select(e => e.CaseSeq), Is.EqualTo(Enumerable.Range(1, events.Count).Select(n => (long)n)));
        var causes = events.Where(e => e.Type != "command.refused").Select(e => e.Cause).ToList();
        var changes = causes.Where((cause, place) => place == 0 || causes[place - 1] != cause).ToList();
        Assert.That(changes, Is.EqualTo(receipts.Select(r => r.CommandId)), "each command stands in the trail once, in the order of the receipts");
    }

    private static void CheckSteps(KillReplay played, IReadOnlyList<EventRow> events)
    {
        Assert.That(played.End.Finished, Is.True);
        foreach (var (activity, type) in Visible)
        {
            var asked = events.Index().Count(e => e.Item.Type == type && !IsRosters(events, e.Index));
            Assert.That(asked, Is.EqualTo(played.Asked.Count(a => a.Activity == activity)), $"{activity} is asked once each time");
        }
    }

    /// <summary>The roster escalates too, when nobody is found for a reader who fell away; no step of the workflow lies between.</summary>
    private static bool IsRosters(IReadOnlyList<EventRow> events, int place) =>
        events[place].Type == "case.escalated"
        && events.Take(place).Reverse().TakeWhile(e => e.Cause == events[place].Cause)
            .FirstOrDefault(e => e.Type is "step.completed" or "reader.expired") is { Type: "reader.expired" };

    private static int CheckDeadlines(IReadOnlyList<EventRow> events, IReadOnlyList<DeadlineRow> deadlines)
    {
        var fired = deadlines.Where(d => d.State == "fired").Select(d => d.DeadlineId).ToHashSet();
        var told = events.Where(e => ByTheClock.Contains(e.Type, StringComparer.Ordinal)).Select(e => e.Cause).ToList();
        Assert.That(told, Is.Unique.And.SubsetOf(fired), "each fires once");
        Assert.That(deadlines.Where(d => d.State is "open" or "paused"), Is.Empty, "nothing is left to fire for a closed case");
        return told.Count;
    }

    private static async Task CheckTreeAsync(DbSession db, CancellationToken ct)
    {
        var frontier = Frontier.Empty;
        foreach (var row in await db.QueryAsync<LeafRow>("kill/leaves", null, ct))
        {
            Assert.That(MerkleTree.LeafHash(row.Leaf), Is.EqualTo(row.LeafHash));
            _ = frontier.Append(row.LeafHash).ToList();
        }

        var head = await db.ScalarAsync<HeadRow>("trail/head", new { Log = TrailLog.Name }, ct);
        Assert.That((head.Size, Convert.ToHexString(head.Frontier)), Is.EqualTo((frontier.Size, Convert.ToHexString(frontier.ToBytes()))));
    }

    private static async Task KillAsync(Process process, TimeSpan after)
    {
        await Task.Delay(after);
        process.Kill();
    }

    private static Guid CauseOf(byte[] leaf)
    {
        using var header = JsonDocument.Parse(leaf);
        return header.RootElement.GetProperty("cause").GetGuid();
    }

    private Process Begin(IReadOnlyList<string> more)
    {
        string[] arguments =
        [
            "--data", folder, "--engine", engine, "--now", Now, "--seed", dice.Next().ToString(CultureInfo.InvariantCulture),
            .. unanswered is null ? [] : new[] { "--again", unanswered },
            .. more,
        ];
        Repeated += unanswered is null ? 0 : 1;
        return KillProcess.Start(arguments);
    }

    private void Hear(string line)
    {
        var words = line.Split(' ');
        switch (words[0])
        {
            case "try":
                unanswered = line["try ".Length..];
                break;
            case "ack":
                acknowledged.Add(new(Guid.Parse(words[1]), Guid.Parse(words[2]), long.Parse(words[3], CultureInfo.InvariantCulture)));
                unanswered = null;
                break;
            case "no":
                refused.Add(Guid.Parse(words[1]));
                unanswered = null;
                break;
        }
    }

    private async Task LookForAsync(IEnumerable<Answer> answers, CancellationToken ct)
    {
        using var database = Open();
        await using var db = await database.OpenReadAsync(ct);
        foreach (var answer in answers)
        {
            var receipt = await db.FirstOrDefaultAsync<ReceiptRow>("cases/receipt", new { answer.CommandId }, ct);
            Assert.That(
                (receipt?.CaseId.Value, receipt?.Seq), Is.EqualTo(((Guid?)answer.Case, (long?)answer.Seq)), $"{answer.CommandId} was acknowledged");
        }
    }

    private SqliteDatabase Open() => SqliteDatabase.InFile(DataFolder.At(folder).DatabaseFile, SqlText.EmbeddedAnd(SqlDialect.Sqlite, Queries));

    private sealed record Answer(Guid CommandId, Guid Case, long Seq);

    private sealed record CaseRow
    {
        public CaseId CaseId { get; init; }
        public CasePhase Phase { get; init; }
        public long Seq { get; init; }
        public string Urgency { get; init; } = "";
        public string WorkflowSha256 { get; init; } = "";
    }

    private sealed record ReceiptRow
    {
        public Guid CommandId { get; init; }
        public CaseId CaseId { get; init; }
        public long Seq { get; init; }
    }

    private sealed record DeadlineRow
    {
        public Guid DeadlineId { get; init; }
        public DeadlineKind Kind { get; init; }
        public string State { get; init; } = "";
    }

    private sealed record EventRow
    {
        public Guid EventId { get; init; }
        public long CaseSeq { get; init; }
        public string Type { get; init; } = "";
        public byte[] Leaf { get; init; } = [];
        public byte[] Body { get; init; } = [];
        public Guid Cause { get; init; }
    }

    private sealed record LeafRow
    {
        public byte[] Leaf { get; init; } = [];
        public byte[] LeafHash { get; init; } = [];
    }

    private sealed record HeadRow
    {
        public long Size { get; init; }
        public byte[] Frontier { get; init; } = [];
    }
}
