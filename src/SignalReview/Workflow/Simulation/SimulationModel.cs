using System.Collections.Frozen;
using System.Collections.Immutable;

namespace SignalReview.Workflow.Simulation;

/// <summary>
/// What the made-up colleagues are like. Guesses, to compare two versions of a definition with each other; no measurements of anybody.
/// Whoever changes a number changes workflows/README.md with it.
/// </summary>
internal sealed record SimulationModel
{
    /// <summary>How many colleagues can be asked to read one case.</summary>
    public int Readers { get; init; } = 12;

    public TeamCalendar Calendar { get; init; } = TeamCalendar.Office;

    /// <summary>Cases begin at any working moment in the year from this day.</summary>
    public DateOnly From { get; init; } = new(2026, 1, 1);

    public double Declines { get; init; } = 0.10;

    /// <summary>Is away and does not answer the invitation at all.</summary>
    public double Away { get; init; } = 0.08;

    /// <summary>Accepted, but does not get to it before somebody is told.</summary>
    public double Forgets { get; init; } = 0.06;

    /// <summary>The facilitator goes on as soon as there are enough answers.</summary>
    public double Early { get; init; } = 0.05;

    public double OpensRoom { get; init; } = 0.60;

    public double SecondRound { get; init; } = 0.30;

    public double Returns { get; init; } = 0.10;

    public double Diverges { get; init; } = 0.45;

    /// <summary>Working hours between a decision and the day on which it is looked back on.</summary>
    public double ReviewAfter { get; init; } = 80;

    /// <summary>Half of the answers come within the median; how far they spread is the same for all: see <see cref="Spread"/>.</summary>
    public FrozenDictionary<string, TimeSpan> Medians { get; init; } = new Dictionary<string, TimeSpan>(StringComparer.Ordinal)
    {
        [Accept] = TimeSpan.FromHours(1.5),
        ["Clarify"] = TimeSpan.FromHours(3),
        ["CollectInterpretations"] = TimeSpan.FromHours(5),
        ["Compare"] = TimeSpan.FromHours(2),
        ["Discuss"] = TimeSpan.FromHours(3),
        ["CollectVotes"] = TimeSpan.FromHours(1),
        ["Weigh"] = TimeSpan.FromHours(1),
        ["AskDecision"] = TimeSpan.FromHours(4),
        ["AskApproval"] = TimeSpan.FromHours(3),
        ["FollowUp"] = TimeSpan.FromHours(40),
        ["AwaitImmediateDecision"] = TimeSpan.FromMinutes(12),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Of the logarithm of an answer's time: with 0.8 one in ten takes 2.8 times the median or longer.</summary>
    public double Spread { get; init; } = 0.8;

    /// <summary>Above this a case is called endless.</summary>
    public int MostSteps { get; init; } = 500;

    public const string Accept = "Accept";

    /// <summary>The assumptions in words.</summary>
    public ImmutableArray<string> InWords =>
    [
        Invariant($"{Readers} colleagues can be asked for a case; of those asked {Declines:P0} decline and {Away:P0} are away and do not answer; the next one is asked then."),
        Invariant($"{Forgets:P0} of those who accepted do not read or vote until somebody is told; who is told sees to it, and finds one more reader when there are too few."),
        Invariant($"Answers take, in working hours, half of them at most: {string.Join(", ", Medians.Where(m => m.Key != "AwaitImmediateDecision").OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => Invariant($"{m.Key} {m.Value.TotalHours:0.#}")))}; one in ten 2.8 times as long (lognormal). AwaitImmediateDecision: 12 minutes of the clock."),
        Invariant($"The owner opens the room in {OpensRoom:P0}; a second round follows {SecondRound:P0}; {Returns:P0} of the decisions come back; readings diverge in {Diverges:P0}; the highest concern of a reader is 0 to 10, mostly around 4."),
        Invariant($"The facilitator goes on early, with enough answers, in {Early:P0}. The review date is {ReviewAfter} working hours after the decision."),
        Invariant($"Cases begin at any working moment in the year from {From:yyyy-MM-dd}. Working hours: {Calendar.Start:HH:mm} to {Calendar.End:HH:mm}, {Calendar.Days.Count} days a week, not on Dutch public holidays."),
    ];

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
