using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Rooms;

namespace SignalReview.Trail;

/// <summary>What of a case's trail stays closed: blind entries until their reveal, and what a legality stop took out of sight. Pure.</summary>
internal sealed class TrailReadsBlind
{
    /// <summary>What may still be read of a stopped case: that it was stopped, why and what was done, and who looked.</summary>
    private static readonly HashSet<string> OpenAfterStop =
        new(StringComparer.Ordinal) { "signal.stopped", "case.stopped", "stop.handled", "case.read", "trail.exported" };

    private readonly bool stopped;
    private readonly HashSet<Guid> blind;

    public TrailReadsBlind(CaseFile file)
    {
        stopped = file.Phase == CasePhase.Stopped;
        var readings = file.Interpretations.Where(r => !BlindViewSight.IsRevealed(r)).ToList();
        var ballots = file.Ballots.Where(b => !BlindViewSight.IsRevealed(file, b)).ToList();
        blind = [.. readings.Select(r => r.EventId), .. ballots.Select(b => b.EventId)];
        List<DateTimeOffset> starts = [];
        if (file.OpenStep("CollectInterpretations") is not null)
        {
            starts.AddRange([file.Case.PhaseSince, .. readings.Select(r => r.SubmittedAt)]);
        }

        if (file.OpenStep("CollectVotes") is not null && file.CurrentRound is { RevealedAt: null } round)
        {
            starts.AddRange([round.OpenedAt, .. ballots.Select(b => b.CastAt)]);
        }

        OpenSince = starts.Count == 0 ? null : starts.Min();
    }

    /// <summary>
    /// While readings or votes come in, when that began: what comes after is shown after the reveal, because between other events an entry
    /// would give away its time and its writer. Null: nothing is being collected.
    /// </summary>
    public DateTimeOffset? OpenSince { get; }

    /// <summary>Some entry was not revealed, perhaps never will be.</summary>
    public bool HasBlind => blind.Count > 0;

    /// <summary>Its body stays closed; for one that will never be revealed, its writer and time do too.</summary>
    public bool IsBlind(Guid eventId) => blind.Contains(eventId);

    public bool IsClosedByStop(string type) => stopped && !OpenAfterStop.Contains(type);
}
