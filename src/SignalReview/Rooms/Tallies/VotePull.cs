using SignalReview.Consultations;

namespace SignalReview.Rooms.Tallies;

/// <summary>Towards whom movement is looked for.</summary>
public enum PullTowards
{
    /// <summary>Who leads the room, where they vote too.</summary>
    Facilitator,

    /// <summary>Who spoke first between the two rounds.</summary>
    FirstSpeaker,
}

/// <summary>Why nothing can be said of movement towards somebody.</summary>
public enum PullGap
{
    /// <summary>It is not known who voted what, and this check would tell.</summary>
    PersonsHidden,

    /// <summary>Nobody said anything between the rounds, and who leads has no vote.</summary>
    NobodySpoke,

    /// <summary>Who spoke first had no answer in the earlier round.</summary>
    NoAnswerOfTheirs,

    /// <summary>Nobody else answered in both rounds.</summary>
    NobodyElse,
}

/// <summary>
/// A check for the facilitator alone: did the others' votes move towards the earlier vote of whoever could steer them? Counts, no verdict:
/// with so few people chance does this too, and a good argument moves people for good reasons.
/// </summary>
/// <param name="Towards">In which part.</param>
/// <param name="Who">Towards whose earlier vote.</param>
/// <param name="Others">Who answered in both rounds, not counting them.</param>
/// <param name="Nearer">Of the others: whose concern came nearer to theirs of the earlier round.</param>
/// <param name="Further">Whose concern went further from it.</param>
/// <param name="Unmoved">Whose concern stayed as far from it.</param>
/// <param name="Joined">Others who left their own stand for theirs; null where the rounds asked different things.</param>
/// <param name="Parted">Others who shared their stand and left it; null as well.</param>
/// <param name="InTheMiddle">Theirs was about the middle of the others': then moving to them is also moving to each other.</param>
public sealed record VotePull(
    PullTowards Towards, PersonRef Who, int Others, int Nearer, int Further, int Unmoved, int? Joined, int? Parted, bool InTheMiddle);

/// <param name="Checks">Towards the facilitator, the first speaker, or both; empty with a gap.</param>
/// <param name="Gap">Null when there is a check.</param>
public sealed record VotePulls(IReadOnlyList<VotePull> Checks, PullGap? Gap)
{
    /// <summary>Where it would tell who voted what.</summary>
    internal static VotePulls Hidden { get; } = new([], PullGap.PersonsHidden);

    /// <param name="rounds">Those that were revealed, oldest first.</param>
    /// <param name="facilitator">Who leads.</param>
    /// <param name="firstSpeaker">Who said the first thing between the last two rounds; null when nobody did.</param>
    /// <returns>Null before there are two rounds.</returns>
    internal static VotePulls? Of(IReadOnlyList<RevealedRound> rounds, PersonRef facilitator, PersonRef? firstSpeaker)
    {
        if (rounds is not [.., var earlier, var later])
        {
            return null;
        }

        if (!earlier.IsLinked || !later.IsLinked)
        {
            return Hidden;
        }

        List<(PullTowards Towards, PersonRef Who)> candidates = [];
        if (Answered(earlier, facilitator))
        {
            candidates.Add((PullTowards.Facilitator, facilitator));
        }

        if (firstSpeaker is not null && firstSpeaker.Id != facilitator.Id && Answered(earlier, firstSpeaker))
        {
            candidates.Add((PullTowards.FirstSpeaker, firstSpeaker));
        }

        var checks = candidates.Select(c => Check(c.Towards, c.Who, earlier, later)).OfType<VotePull>().ToList();
        PullGap? gap = checks.Count > 0 ? null
            : candidates.Count > 0 ? PullGap.NobodyElse
            : firstSpeaker is null ? PullGap.NobodySpoke
            : PullGap.NoAnswerOfTheirs;
        return new(checks, gap);
    }

    private static bool Answered(RevealedRound round, PersonRef who) => round.AnswerOf(who) is { Abstains: false, Concern: not null };

    private static VotePull? Check(PullTowards towards, PersonRef who, RevealedRound earlier, RevealedRound later)
    {
        var theirs = earlier.AnswerOf(who)!;
        var others = earlier.Votes
            .Where(v => v.By!.Id != who.Id && Answered(earlier, v.By) && Answered(later, v.By))
            .Select(v => (From: v.Answer, To: later.AnswerOf(v.By!)!))
            .ToList();
        if (others.Count == 0)
        {
            return null;
        }

        var steps = others.ConvertAll(o => Distance(o.From) - Distance(o.To));
        var stand = Stand.Of(theirs);
        var comparable = earlier.AsksAs(later) && stand.Kind == StandKind.Chose;
        return new(
            towards,
            who,
            others.Count,
            steps.Count(s => s > 0),
            steps.Count(s => s < 0),
            steps.Count(s => s == 0),
            comparable ? others.Count(o => Stand.Of(o.From) != stand && Stand.Of(o.To) == stand) : null,
            comparable ? others.Count(o => Stand.Of(o.From) == stand && Stand.Of(o.To) != stand) : null,
            Math.Abs(Median([.. others.Select(o => o.From.Concern!.Value).Order()]) - theirs.Concern!.Value) <= 0.5);

        int Distance(VoteAnswer answer) => Math.Abs(answer.Concern!.Value - theirs.Concern!.Value);
    }

    private static double Median(List<int> sorted) =>
        sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2.0;
}
