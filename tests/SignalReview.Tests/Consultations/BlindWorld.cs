using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Trail;

namespace SignalReview.Tests.Consultations;

/// <summary>Something that must not be given out.</summary>
/// <param name="Writer">Whose it is.</param>
/// <param name="Text">How it would look.</param>
/// <param name="IsWritten">In so many words, by the writer.</param>
/// <param name="InHeader">The event's id or time, which stand in its header too.</param>
internal sealed record Secret(PersonId Writer, string Text, bool IsWritten, bool InHeader);

/// <param name="Name">What they are in the case.</param>
/// <param name="SeesAdvice">Reads the others' readings and ballots once they are revealed.</param>
/// <param name="IsOutsideAuditor">An auditor and nothing else.</param>
internal sealed record Viewer(string Name, Actor Actor, bool SeesAdvice = false, bool IsOutsideAuditor = false);

/// <summary>A case with planted words, values and moments, and everything that each viewer can be given of it.</summary>
internal sealed class BlindWorld : IAsyncDisposable
{
    private BlindWorld(CaseWorld world, IReadOnlyList<Actor> readers)
    {
        World = world;
        Readers = readers;
    }

    public static Actor Auditor { get; } = CaseWorld.Colleague(10);

    public static Actor PrivacyOfficer { get; } = CaseWorld.Colleague(11);

    public CaseWorld World { get; }

    public IReadOnlyList<Actor> Readers { get; }

    /// <summary>In the reading phase, with three readers of whom one is of the panel; a fourth was replaced.</summary>
    /// <param name="accept">They have accepted.</param>
    /// <param name="mode">Under what names they read and vote.</param>
    public static async Task<BlindWorld> StartAsync(bool accept = true, Anonymity mode = Anonymity.Named)
    {
        var world = await CaseWorld.StartAsync();
        await world.SubmitAsync();
        if (mode != Anonymity.Named)
        {
            await world.DoAsync(world.Owner, new TightenAnonymityCommand(world.NewId(), mode, "Zo durft iedereen"));
        }

        var asked = await world.ReadersAsync();
        Actor[] wanted = [CaseWorld.Colleague(3), CaseWorld.Colleague(4), CaseWorld.Colleague(9)];
        var unwanted = new Queue<Actor>(asked.ExceptBy(wanted.Select(w => w.Person), a => a.Person));
        foreach (var reader in wanted.ExceptBy(asked.Select(a => a.Person), w => w.Person))
        {
            var other = unwanted.Dequeue();
            await world.DoAsync(world.Coordinator, new ReplaceReaderCommand(world.NewId(), other.Person.Value, reader.Person.Value, "Kent de code"));
        }

        if (accept)
        {
            foreach (var reader in wanted)
            {
                await world.DoAsync(reader, new AcceptInvitationCommand(world.NewId()));
            }
        }

        await world.DoAsync(world.Owner, new FinishClarifyingCommand(world.NewId()));
        return new(world, wanted);
    }

    /// <summary>So many readers hand in; the third reveals them all.</summary>
    public async Task ReadAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            PassOddTime(i);
            await World.DoAsync(Readers[i], new SubmitInterpretationCommand(World.NewId(), Reading(i)));
        }

        PassOddTime(7);
    }

    /// <summary>Of the four voters: their places in the order in which they vote. The last is the owner's.</summary>
    public IReadOnlyList<int> VotingOrder { get; set; } = [0, 1, 2, 3];

    /// <summary>Every ballot as it was sent, and by whom.</summary>
    public List<(Actor Voter, CastVoteCommand Command)> Cast { get; } = [];

    /// <summary>So many of the four vote in the first round.</summary>
    public async Task VoteAsync(int count)
    {
        await ReadAsync(3);
        await World.DoAsync(World.Owner, new FinishComparingCommand(World.NewId(), OpenRoom: true));
        await World.DoAsync(World.Facilitator, new OpenVoteCommand(World.NewId()));
        await CastAsync(1, count);
    }

    /// <summary>The second round, with one ballot in.</summary>
    public async Task VoteAgainAsync()
    {
        await VoteAsync(4);
        await World.DoAsync(World.Facilitator, new SecondRoundCommand(World.NewId()));
        await World.DoAsync(World.Facilitator, new OpenVoteCommand(World.NewId()));
        await CastAsync(2, 1);
    }

    public async Task StopAsync()
    {
        // As the privacy officer does who learns of it by being asked to read it.
        var officer = new Actor(World.Facilitator.Person, new HashSet<Role> { Role.Facilitator, Role.PrivacyOfficer }, "test");
        await World.DoAsync(officer, new StopCaseCommand(World.NewId(), "Hoort hier niet"));
    }

    public IReadOnlyList<Viewer> Viewers() =>
    [
        new("submitter and owner", World.Owner, SeesAdvice: true),
        new("reader", Readers[0], SeesAdvice: true),
        new("second reader", Readers[1], SeesAdvice: true),
        new("reader of the panel", Readers[2], SeesAdvice: true),
        new("facilitator", World.Facilitator, SeesAdvice: true),
        new("coordinator", World.Coordinator),
        new("coordinator who is also auditor", new(World.Coordinator.Person, new HashSet<Role> { Role.Coordinator, Role.Auditor }, "test")),
        new("auditor", Auditor, IsOutsideAuditor: true),
        new("privacy officer", PrivacyOfficer),
        new("approver of other cases", CaseWorld.Colleague(5)),
        new("colleague outside", CaseWorld.Colleague(8)),
    ];

    /// <summary>What stands in the readings that were not revealed, or in all when none is left.</summary>
    public async Task<IReadOnlyList<Secret>> ReadingSecretsAsync() =>
        [.. (await World.FileAsync()).Interpretations.SelectMany(r => SecretsOf(r.PersonId, r.EventId, r.SubmittedAt, $"READ{IndexOf(r.PersonId)}", 40 + IndexOf(r.PersonId)))];

    /// <summary>What stands in the ballots of the last round.</summary>
    public async Task<IReadOnlyList<Secret>> BallotSecretsAsync()
    {
        var file = await World.FileAsync();
        var round = file.Rounds[^1].Round;
        return [.. file.BallotsOf(round).SelectMany(b => SecretsOf(b.PersonId, b.EventId, b.CastAt, $"VOTE{round}{IndexOf(b.PersonId)}", (10 * round) + IndexOf(b.PersonId)))];
    }

    public async Task<CaseView?> ViewAsync(Actor actor) =>
        (await World.Get<CaseReads>().ReadAsync(actor, World.Case, "case", CancellationToken.None)).View;

    /// <summary>Whatever this person can get out of the product, as text.</summary>
    public async Task<IReadOnlyList<(string Name, string Text)>> EverythingAsync(Actor actor)
    {
        var trails = World.Get<TrailReads>();
        List<(string, string)> given =
        [
            ("case", Json(await World.Get<CaseReads>().ReadAsync(actor, World.Case, "case", CancellationToken.None))),
            ("pulse", Json(await World.Get<CaseReads>().PulseAsync(World.Case, CancellationToken.None))),
            ("my work", Json(await World.Get<WorkList>().ReadAsync(actor, CancellationToken.None))),
            ("board", Json(await World.Get<Board>().ReadAsync(actor, 1, 50, CancellationToken.None))),
            ("trails", Json(await trails.ListAsync(actor, new(), 1, 50, CancellationToken.None))),
            ("trail", Json(await trails.ReadAsync(actor, World.Case, 0, 500, CancellationToken.None))),
        ];
        var export = await World.Get<TrailExport>().RunAsync(actor, World.Case, new("Toets"), CancellationToken.None);
        given.Add(("export", Json(export.Refusal)));
        if (export.Bundle is { } bundle)
        {
            await using (bundle)
            {
                given.AddRange(await FilesAsync(bundle.Content));
            }
        }

        return given;
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();

    private static async Task<IReadOnlyList<(string, string)>> FilesAsync(Stream content)
    {
        var files = new List<(string, string)>();
        await using var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync(), Encoding.UTF8);
            files.Add(($"bundle {entry.FullName}", $"{entry.FullName}\n{await reader.ReadToEndAsync()}"));
        }

        return files;
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, TrailJson.Options);

    private static IEnumerable<Secret> SecretsOf(PersonId writer, Guid eventId, DateTimeOffset at, string mark, int confidence)
    {
        yield return new(writer, $"SECRET-{mark}", IsWritten: true, InHeader: false);
        yield return new(writer, $"\"confidence\":{confidence}", IsWritten: true, InHeader: false);
        yield return new(writer, eventId.ToString(), IsWritten: false, InHeader: true);
        // The clock stood still for no other event at that second.
        yield return new(writer, at.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture), IsWritten: false, InHeader: true);
        yield return new(writer, at.ToOffset(TimeSpan.FromHours(1)).ToString("HH:mm:ss", CultureInfo.InvariantCulture), IsWritten: false, InHeader: true);
    }

    private int IndexOf(PersonId person) => Readers.ToList().FindIndex(r => r.Person == person) is var i and >= 0 ? i : 3;

    /// <summary>To a second at which nothing else happens.</summary>
    private void PassOddTime(int seed) => World.Time.Advance(new TimeSpan(0, 0, 3 + seed, 17 + seed, 123));

    private Interpretation Reading(int i) => new()
    {
        Kind = InterpretationKind.Reading,
        Positionality = $"SECRET-READ{i} positionality",
        EncodingHypothesis = $"SECRET-READ{i} encoding",
        Decoding = $"SECRET-READ{i} decoding",
        ReadingPosition = ReadingPosition.Negotiated,
        Noise = [Noise.Cropped],
        EvidenceFor = [$"SECRET-READ{i} for"],
        EvidenceAgainst = [$"SECRET-READ{i} against"],
        Missing = [$"SECRET-READ{i} missing"],
        WouldChangeMyMind = $"SECRET-READ{i} change",
        Association = $"SECRET-READ{i} association",
        Concern = 6,
        Confidence = 40 + i,
    };

    private async Task CastAsync(int round, int count)
    {
        Actor[] voters = [.. Readers, World.Owner];
        foreach (var (turn, i) in VotingOrder.Take(count).Index())
        {
            PassOddTime(10 + turn);
            var mark = $"SECRET-VOTE{round}{i}";
            var command = new CastVoteCommand(
                World.NewId(), round, VoteOption.Talk, 6, (10 * round) + i, $"{mark} reason", round > 1 ? $"{mark} changed" : null);
            Cast.Add((voters[i], command));
            await World.DoAsync(voters[i], command);
        }

        PassOddTime(30);
    }
}
