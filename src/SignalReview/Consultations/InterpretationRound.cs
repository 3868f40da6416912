using System.Text.Json;
using SignalReview.Cases;

namespace SignalReview.Consultations;

/// <summary>When the blind readings are all in, and how they are revealed: once, for all at the same time.</summary>
internal static class InterpretationRound
{
    /// <summary>From this concern on, and for readings this far apart, talking is needed.</summary>
    public const int FarApart = 4;

    /// <summary>
    /// Completes the step when every active reader has handed in. Also called when the roster changes, in that change's transaction.
    /// </summary>
    public static async Task CompleteIfAllInAsync(Work work, CancellationToken ct)
    {
        var file = await work.ReloadAsync(ct);
        if (file!.OpenStep("CollectInterpretations") is { } step && AllIn(file))
        {
            work.Complete(step, "AllIn");
        }
    }

    public static bool AllIn(CaseFile file) =>
        file.Interpretations.Count > 0
        && file.Invitations.Where(i => i.Active).All(i => file.Interpretations.Any(r => r.PersonId == i.PersonId));

    /// <summary>What happens at the deadline.</summary>
    public static string OutcomeAtDeadline(CaseFile file, int quorum) => file.Interpretations.Count >= quorum ? "Quorum" : "TooFew";

    /// <summary>Reveals, and gives the workflow what it may branch on.</summary>
    public static async Task<IReadOnlyDictionary<string, JsonElement>> RevealAsync(Work work, CancellationToken ct)
    {
        var file = work.File;
        var readings = file.Interpretations;
        var reason = AllIn(file) ? RevealReason.AllIn : work.EarlyReveal ? RevealReason.Early : RevealReason.Quorum;
        // The guard makes it irreversible: a second reveal, after a reopening, keeps the first one's time.
        await work.ExecuteAsync("consultations/reveal", new { CaseId = work.Case, work.Now, Reason = reason }, ct);
        await work.ExecuteAsync("consultations/reveal_readings", new { CaseId = work.Case, work.Now }, ct);
        // After a reopening only what came in since: what was revealed stays revealed, and each reading is revealed once.
        var blind = readings.Where(r => r.RevealedAt is null).Select(r => r.EventId).ToList();
        if (blind.Count > 0)
        {
            work.AppendAsSystem("interpretations.revealed", new { reason, readings = blind });
        }

        await work.SetPhaseAsync(CasePhase.Comparing, ct);
        return new Dictionary<string, JsonElement>(StringComparer.Ordinal)
        {
            ["MaxConcern"] = JsonSerializer.SerializeToElement(readings.Max(r => r.Concern) ?? 0),
            ["Divergent"] = JsonSerializer.SerializeToElement(Divergent(readings)),
            ["Readings"] = JsonSerializer.SerializeToElement(readings.Count),
        };
    }

    /// <summary>
    /// Readings diverge when positions differ, when somebody does not know the code or cannot judge, or when concern lies far apart.
    /// </summary>
    public static bool Divergent(IReadOnlyList<InterpretationRow> readings)
    {
        var concerns = readings.Where(r => r.Concern is not null).Select(r => r.Concern!.Value).ToList();
        return readings.Select(r => (r.Kind, r.ReadingPosition)).Distinct().Count() > 1
            || (concerns.Count > 1 && concerns.Max() - concerns.Min() >= FarApart);
    }
}
