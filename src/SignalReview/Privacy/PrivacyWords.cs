using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Privacy.Erasure;
using SignalReview.Privacy.Holds;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Privacy;

/// <summary>What was written about the holds and erasures of one case, and the views made of it.</summary>
internal sealed class PrivacyWords
{
    private readonly BlindViewBodies? bodies;

    private PrivacyWords(BlindViewBodies? bodies) => this.bodies = bodies;

    /// <summary>For lists: no word is opened.</summary>
    public static PrivacyWords None { get; } = new(null);

    public static async Task<PrivacyWords> OpenAsync(
        DbSession db, Dossier dossier, IReadOnlyList<HoldRow> holds, IReadOnlyList<ErasureRow> erasures, CancellationToken ct)
    {
        var events = holds.SelectMany(h => new[] { h.PlacedEvent, h.LiftedEvent })
            .Concat(erasures.SelectMany(e => new[] { e.RequestedEvent, e.CheckedEvent, e.SettledEvent }));
        return new(await BlindViewBodies.OpenAsync(db, dossier, events, ct));
    }

    public HoldView Hold(HoldRow row, PeopleSnapshot people, DateOnly today)
    {
        var placed = bodies?.Find<HoldPlacedBody>(row.PlacedEvent);
        return new(
            row.HoldId,
            row.CaseId,
            row.Ground,
            row.UntilOn,
            row.Stands(today),
            people.Ref(row.PlacedById),
            row.PlacedAt,
            Ref(row.LiftedById, people),
            row.LiftedAt)
        {
            Reason = placed?.Reason,
            ForWhom = placed?.ForWhom,
            LiftReason = bodies?.Find<HoldLiftedBody>(row.LiftedEvent)?.Reason,
        };
    }

    public ErasureView Erasure(ErasureRow row, PeopleSnapshot people)
    {
        var reasons = bodies?.Find<ErasureCheckedBody>(row.CheckedEvent)?.Interests ?? [];
        return new(
            row.ErasureId,
            row.CaseId,
            row.Ground,
            row.AskedBy,
            row.RuleId,
            row.State,
            Ref(row.RequestedById, people),
            row.RequestedAt,
            [.. ErasureRules.Parse(row.Interests).Select(i => new InterestView(i.Interest, i.Outcome, reasons.FirstOrDefault(r => r.Interest == i.Interest)?.Reasoning))],
            Ref(row.CheckedById, people),
            row.CheckedAt,
            Ref(row.SettledById, people),
            row.SettledAt,
            Ref(row.ErasedById, people),
            row.ErasedAt,
            row.ReappliedAt,
            row.DestroyedAt)
        {
            Explanation = bodies?.Find<ErasureRequestedBody>(row.RequestedEvent)?.Explanation,
            DeclineReason = row.State == ErasureState.Declined ? bodies?.Find<ErasureDeclinedBody>(row.SettledEvent)?.Reason : null,
        };
    }

    private static PersonRef? Ref(PersonId? id, PeopleSnapshot people) => id is { } person && person != PersonId.System ? people.Ref(person) : null;
}
