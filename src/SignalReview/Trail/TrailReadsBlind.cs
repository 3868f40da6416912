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

    /// <summary>Their bodies name a reading by its event, which the trail shows beside its writer.</summary>
    private static readonly HashSet<string> AboutReadings =
        new(StringComparer.Ordinal) { "missing.checked", "missing.unchecked", "enquiry.taken", "enquiry.left", "enquiry.reported" };

    private readonly HashSet<Guid> lettered = [];
    private readonly bool letteredReadings;

    /// <param name="file">The case.</param>
    /// <param name="roles">What the reader is in it. Only an auditor who has no other part in the case meets the names behind letters.</param>
    public TrailReadsBlind(CaseFile file, IReadOnlySet<CaseRole> roles)
    {
        if (!roles.SetEquals([CaseRole.Auditor]))
        {
            letteredReadings = file.ReadingAnonymity != Anonymity.Named;
            lettered.UnionWith(file.ReadingAnonymity == Anonymity.Named ? [] : file.Interpretations.Select(r => r.EventId));
            lettered.UnionWith(file.VoteAnonymity == Anonymity.Named ? [] : file.Ballots.Where(b => !file.IsDetached(b.Round)).Select(b => b.EventId));
        }

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

    /// <summary>
    /// What was written here is shown to colleagues under a letter. Beside the name of its writer, or an id by which that is found, it stays closed.
    /// </summary>
    public bool IsLettered(Guid eventId, string type) => lettered.Contains(eventId) || (letteredReadings && AboutReadings.Contains(type));

    /// <summary>Only the writer of a reading does this, and everyone sees of which: so who it was stays closed too.</summary>
    public bool HidesWriter(string type) => letteredReadings && type == "enquiry.answered";

    /// <summary>Somebody wrote under a letter; headers tell who and when.</summary>
    public bool HasLetters => lettered.Count > 0;

    public bool IsClosedByStop(string type) => stopped && ClosesWithStop(type);

    /// <summary>Of a stopped case, what of this type says stays closed.</summary>
    public static bool ClosesWithStop(string type) => !OpenAfterStop.Contains(type);
}
