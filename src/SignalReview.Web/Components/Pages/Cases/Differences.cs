using SignalReview.Consultations;
using SignalReview.Rooms;

namespace SignalReview.Web.Components.Pages.Cases;

/// <summary>Where readings or votes lie apart, so that a page can say it in words.</summary>
internal sealed class Differences(IReadOnlyList<ReadingView> readings)
{
    private readonly IReadOnlyList<int> concerns = [.. readings.Select(reading => reading.Interpretation.Concern).OfType<int>()];

    public int? Lowest => concerns.Count == 0 ? null : concerns.Min();

    public int? Highest => concerns.Count == 0 ? null : concerns.Max();

    public bool ConcernDiffers => Lowest != Highest;

    public bool PositionDiffers
        => readings.Select(reading => (reading.Interpretation.Kind, reading.Interpretation.ReadingPosition)).Distinct().Count() > 1;

    /// <summary>As the domain sees it: then a talk helps, and a decision says how the readings were weighed.</summary>
    public bool Diverge => PositionDiffers || Highest - Lowest >= InterpretationRound.FarApart;

    /// <summary>No more than half took this position.</summary>
    public bool IsApart(ReadingView reading) => readings.Count(other => Position(other) == Position(reading)) * 2 <= readings.Count;

    /// <summary>How often each option was chosen, the most chosen first.</summary>
    public static IReadOnlyList<(VoteOption Option, int Votes)> Tally(RoundView round)
        => [.. round.Votes.Where(vote => vote.Option is not null)
            .GroupBy(vote => vote.Option!.Value)
            .Select(group => (group.Key, group.Count()))
            .OrderByDescending(line => line.Item2)
            .ThenBy(line => line.Key)];

    /// <summary>The options that most chose: one, or several that are level.</summary>
    public static IReadOnlyList<VoteOption> Leading(RoundView? round)
        => round is null || Tally(round) is not { Count: > 0 } tally ? [] : [.. tally.Where(line => line.Votes == tally[0].Votes).Select(line => line.Option)];

    private static (InterpretationKind, ReadingPosition?) Position(ReadingView reading) => (reading.Interpretation.Kind, reading.Interpretation.ReadingPosition);
}
