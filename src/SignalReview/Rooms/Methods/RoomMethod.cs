using System.Collections.Immutable;

namespace SignalReview.Rooms.Methods;

/// <summary>What the colleagues do in one phase of a method.</summary>
public enum PhaseKind { Questions, Analysis, Advice, Discussion, Vote, SecondRound, Harvest }

/// <summary>A text of a template, which holds both languages.</summary>
public sealed record MethodText(string Nl, string En);

/// <param name="Id">Its name in the template.</param>
/// <param name="Kind">What is done, and so who may say what.</param>
/// <param name="Title">Short, for the line of phases.</param>
/// <param name="Text">What is asked of everyone now.</param>
/// <param name="Minutes">What the clock is set to when the phase begins; null: no clock.</param>
public sealed record MethodPhase(string Id, PhaseKind Kind, MethodText Title, MethodText Text, int? Minutes);

/// <param name="Method">How a round is voted.</param>
/// <param name="RequiredRoles">Of each of these at least one must have voted.</param>
public sealed record VotePlan(VoteMethod Method, IReadOnlyList<RequiredRole> RequiredRoles);

/// <summary>
/// A way to hold an intervisie, as a template tells it. Made by <see cref="MethodReader"/> only, so whoever holds one may rely on its rules:
/// one or more talks, one vote, perhaps a second round, and a harvest that is last.
/// </summary>
/// <param name="Id">By which a workflow definition names it.</param>
/// <param name="Version">From 1.</param>
/// <param name="Phases">In their order; the first has number 1.</param>
/// <param name="Anonymity">The mode in which rooms begin.</param>
/// <param name="Vote">How is voted.</param>
internal sealed record RoomMethod(string Id, int Version, ImmutableArray<MethodPhase> Phases, Anonymity Anonymity, VotePlan Vote)
{
    /// <summary>Names in definitions from before there were templates, for a talk without phases of its own. Any version of the product runs them.</summary>
    public static readonly ImmutableArray<string> Plain = ["open", "roundTable"];

    private static readonly RoomMethod OpenTalk = PlainTalk("open");
    private static readonly RoomMethod RoundTable = PlainTalk("roundTable");

    public required MethodText Name { get; init; }

    /// <summary>What it is good for.</summary>
    public required MethodText Text { get; init; }

    /// <summary>The file's text as read; empty for a talk without a template.</summary>
    public string Raw { get; init; } = "";

    /// <summary>Lower-case hex over the file's bytes.</summary>
    public string Sha256 { get; init; } = "";

    public bool IsTemplate => Raw.Length > 0;

    public int VoteNumber => NumberOf(PhaseKind.Vote)!.Value;

    public int HarvestNumber => Phases.Length;

    /// <summary>Null: the method has none; a second round is then talked about as the last talk before the vote was.</summary>
    public int? SecondRoundNumber => NumberOf(PhaseKind.SecondRound);

    /// <summary>Where the talk ahead of a vote begins.</summary>
    public int TalkNumber(bool again) => again ? SecondRoundNumber ?? VoteNumber - 1 : 1;

    /// <param name="number">From 1; null for a room from before phases had numbers.</param>
    public MethodPhase? Phase(int? number) => number is { } n && n >= 1 && n <= Phases.Length ? Phases[n - 1] : null;

    /// <summary>The number of the phase with this id, or null.</summary>
    public int? NumberOf(string id) => Number(Phases.FirstOrDefault(p => p.Id == id));

    /// <summary>For a room from before its phase was written down.</summary>
    public int NumberOf(RoomPhase phase, int round) => phase switch
    {
        RoomPhase.Vote or RoomPhase.Revealed => VoteNumber,
        RoomPhase.Harvest or RoomPhase.Harvested => HarvestNumber,
        _ => TalkNumber(again: round > 1),
    };

    public static RoomPhase PhaseOf(PhaseKind kind) => kind switch
    {
        PhaseKind.Questions => RoomPhase.Questions,
        PhaseKind.Analysis => RoomPhase.Analysis,
        PhaseKind.Advice => RoomPhase.Advice,
        PhaseKind.Discussion or PhaseKind.SecondRound => RoomPhase.Discussion,
        PhaseKind.Vote => RoomPhase.Vote,
        PhaseKind.Harvest => RoomPhase.Harvest,
    };

    /// <summary>For a room that no template was chosen for.</summary>
    /// <param name="name">As the room's row has it, or null when there is no room yet.</param>
    public static RoomMethod Without(string? name) => name == RoundTable.Id ? RoundTable : OpenTalk;

    private static RoomMethod PlainTalk(string id) => new(
        id,
        1,
        [
            new("discussion", PhaseKind.Discussion, new("Gesprek", "Talk"), new("Praat samen over het signaal. Wie wil, zegt iets.", "Talk about the signal together. Whoever wants says something."), null),
            new("vote", PhaseKind.Vote, new("Stemming", "Vote"), new("Ieder stemt blind. De stemmen worden samen getoond.", "Each votes blind. The votes are shown together."), null),
            new("second-round", PhaseKind.SecondRound, new("Tweede ronde", "Second round"), new("Vertel elkaar waarom je zo stemde, en stem daarna nog één keer.", "Tell each other why you voted so, then vote once more."), null),
            new("harvest", PhaseKind.Harvest, new("Oogst", "Harvest"), new("Ieder zegt wat hij of zij meeneemt.", "Each says what they take along."), null),
        ],
        Anonymity.Named,
        new(VoteMethod.SingleChoice, []))
    {
        Name = id == "open" ? new("Vrij gesprek", "Open talk") : new("Rondje", "Round table"),
        Text = new("Een gesprek zonder vaste fasen.", "A talk without set phases."),
    };

    private int? NumberOf(PhaseKind kind) => Number(Phases.FirstOrDefault(p => p.Kind == kind));

    private int? Number(MethodPhase? phase) => phase is null ? null : Phases.IndexOf(phase) + 1;
}
