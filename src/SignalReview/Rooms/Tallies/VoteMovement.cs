using SignalReview.Consultations;

namespace SignalReview.Rooms.Tallies;

/// <summary>Where a ballot stands, in a word.</summary>
public enum StandKind
{
    /// <summary>One option, or one position towards the proposal.</summary>
    Chose,

    /// <summary>Several options scored highest.</summary>
    Several,
    Abstained,

    /// <summary>No ballot in this round.</summary>
    Absent,
}

/// <param name="Kind">What there is to say.</param>
/// <param name="Option">Chosen, ranked first or scored highest.</param>
/// <param name="Position">Towards the proposal.</param>
public sealed record Stand(StandKind Kind, VoteOption? Option = null, ConsentPosition? Position = null)
{
    internal static Stand Absent { get; } = new(StandKind.Absent);

    internal static Stand Of(VoteAnswer answer) => answer switch
    {
        { Position: { } position } => new(StandKind.Chose, Position: position),
        { Option: { } option } => new(StandKind.Chose, option),
        { Ranking: [var first, ..] } => new(StandKind.Chose, first),
        { Scores: { Count: > 0 } scores } => scores.Where(s => s.Score == scores.Max(m => m.Score)).ToList() is [var only]
            ? new(StandKind.Chose, only.Option)
            : new(StandKind.Several),
        _ => new(StandKind.Abstained),
    };
}

/// <summary>One voter over two rounds.</summary>
/// <param name="By">Who.</param>
/// <param name="From">In the earlier round.</param>
/// <param name="To">In the later round.</param>
/// <param name="ConcernFrom">Null without a ballot or with an abstention.</param>
/// <param name="ConcernTo">As well.</param>
public sealed record VoteMove(PersonRef By, Stand From, Stand To, int? ConcernFrom, int? ConcernTo);

/// <summary>How many went from one stand to another; who stayed goes from it to itself.</summary>
public sealed record StandFlow(Stand From, Stand To, int Votes);

/// <summary>How far the last round agrees, as it was voted and with those who no longer voted in it.</summary>
/// <param name="Agreement">As voted, 0–100.</param>
/// <param name="Leading">As voted.</param>
/// <param name="Left">How many answered earlier and have no ballot in the last round; each counts with their last answer.</param>
/// <param name="AgreementWithLeft">With them.</param>
/// <param name="LeadingWithLeft">With them.</param>
public sealed record VoteConsensus(
    int Agreement, IReadOnlyList<VoteOption> Leading, int Left, int AgreementWithLeft, IReadOnlyList<VoteOption> LeadingWithLeft);

/// <summary>What changed between the last two revealed rounds.</summary>
/// <param name="From">The earlier round.</param>
/// <param name="To">The later round.</param>
/// <param name="Linked">False where it is not known who voted what: then no move can be told, and nobody who left be counted.</param>
/// <param name="Comparable">Both rounds asked the same: the same method, and the same proposal. Otherwise only concern can be held together.</param>
/// <param name="Moves">Each voter of either round, in the order of their names.</param>
/// <param name="Flows">The largest first.</param>
/// <param name="Consensus">Null where it cannot be recomputed.</param>
public sealed record VoteMovement(
    int From, int To, bool Linked, bool Comparable, IReadOnlyList<VoteMove> Moves, IReadOnlyList<StandFlow> Flows, VoteConsensus? Consensus)
{
    /// <summary>Where ballots cannot be followed: that there were two rounds, and nothing of who moved.</summary>
    internal static VoteMovement Hidden(int from, int to) => new(from, to, Linked: false, Comparable: false, [], [], Consensus: null);

    /// <param name="rounds">Those that were revealed, oldest first.</param>
    /// <returns>Null before there are two.</returns>
    internal static VoteMovement? Of(IReadOnlyList<RevealedRound> rounds)
    {
        if (rounds is not [.., var earlier, var later])
        {
            return null;
        }

        if (!earlier.IsLinked || !later.IsLinked)
        {
            return Hidden(earlier.Round, later.Round);
        }

        var comparable = earlier.AsksAs(later);

        var moves = earlier.Votes.Concat(later.Votes).Select(v => v.By!).DistinctBy(by => by.Id)
            .OrderBy(by => by.Name, StringComparer.Ordinal)
            .Select(by => Move(by, earlier.AnswerOf(by), later.AnswerOf(by)))
            .ToList();
        var flows = comparable
            ? moves.CountBy(m => (m.From, m.To)).Select(f => new StandFlow(f.Key.From, f.Key.To, f.Value))
                .OrderByDescending(f => f.Votes).ThenBy(f => Order(f.From)).ThenBy(f => Order(f.To))
            : Enumerable.Empty<StandFlow>();
        return new(earlier.Round, later.Round, Linked: true, comparable, moves, [.. flows], ConsensusOf(rounds));
    }

    private static VoteMove Move(PersonRef by, VoteAnswer? from, VoteAnswer? to) => new(
        by, from is null ? Stand.Absent : Stand.Of(from), to is null ? Stand.Absent : Stand.Of(to), from?.Concern, to?.Concern);

    private static (StandKind, VoteOption?, ConsentPosition?) Order(Stand stand) => (stand.Kind, stand.Option, stand.Position);

    private static VoteConsensus? ConsensusOf(IReadOnlyList<RevealedRound> rounds)
    {
        var last = rounds[^1];
        var before = rounds.SkipLast(1).Where(r => r.AsksAs(last)).ToList();
        if (before.Count == 0 || before.Exists(r => !r.IsLinked))
        {
            return null;
        }

        // The last that each said: a later round's ballot stands before an earlier one's.
        var left = before.AsEnumerable().Reverse().SelectMany(r => r.Votes)
            .DistinctBy(v => v.By!.Id)
            .Where(v => last.AnswerOf(v.By!) is null && !v.Answer.Abstains)
            .Select(v => v.Answer)
            .ToList();
        var plain = last.Tally([]);
        var with = last.Tally(left);
        return new(plain.Agreement, plain.Leading, left.Count, with.Agreement, with.Leading);
    }
}

/// <summary>A revealed round as its viewer may know it.</summary>
/// <param name="Round">Which.</param>
/// <param name="Method">How was voted.</param>
/// <param name="Options">What was offered.</param>
/// <param name="Proposal">For consent.</param>
/// <param name="Votes">Every ballot.</param>
internal sealed record RevealedRound(
    int Round, VoteMethod Method, IReadOnlyList<VoteOption> Options, VoteOption? Proposal, IReadOnlyList<RevealedVote> Votes)
{
    /// <summary>It is known of every ballot whose it is, by name or by a pseudonym that lasts over the rounds.</summary>
    public bool IsLinked => Votes.All(v => v.By is not null);

    public bool AsksAs(RevealedRound other) => Method == other.Method && Proposal == other.Proposal;

    /// <returns>Null without a ballot.</returns>
    public VoteAnswer? AnswerOf(PersonRef by) => Votes.FirstOrDefault(v => v.By?.Id == by.Id)?.Answer;

    public VoteTally Tally(IEnumerable<VoteAnswer> others) => VoteTally.Of(Method, Options, Proposal, [.. Votes.Select(v => v.Answer), .. others]);
}

/// <param name="By">Null where a ballot cannot be tied to anyone.</param>
/// <param name="Answer">Without words.</param>
internal sealed record RevealedVote(PersonRef? By, VoteAnswer Answer);
