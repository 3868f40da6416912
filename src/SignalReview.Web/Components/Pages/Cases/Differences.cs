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

    private static (InterpretationKind, ReadingPosition?) Position(ReadingView reading) => (reading.Interpretation.Kind, reading.Interpretation.ReadingPosition);
}
