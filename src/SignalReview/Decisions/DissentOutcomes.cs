using SignalReview.Cases;
using SignalReview.Comparing;

namespace SignalReview.Decisions;

/// <summary>
/// At the look back each dissent that stands is put beside what turned out. What is recorded is what happened, never who was right: a
/// dissent that proved needless was still worth saying.
/// </summary>
internal static class DissentOutcomes
{
    /// <summary>Each statement that stands has its outcome, and no other.</summary>
    public static void Check(FieldCheck check, CaseFile file, IReadOnlyList<DissentOutcome> outcomes)
    {
        var standing = DissentRules.Standing(file).Select(d => ComparingIds.Dissent(d.StatementEvent!.Value)).ToHashSet();
        for (var i = 0; i < outcomes.Count; i++)
        {
            check.Required($"dissents[{i}].happened", outcomes[i].Happened);
            if (!standing.Remove(outcomes[i].Dissent))
            {
                check.Add($"dissents[{i}].dissent", "unknown");
            }
        }

        if (standing.Count > 0)
        {
            check.Add("dissents", "required");
        }
    }

    public static async Task RecordAsync(Work work, IReadOnlyList<DissentOutcome> outcomes, CancellationToken ct)
    {
        foreach (var dissent in DissentRules.Standing(work.File))
        {
            var statement = dissent.StatementEvent!.Value;
            var outcome = outcomes.Single(o => o.Dissent == ComparingIds.Dissent(statement));
            var eventId = work.Append("dissent.compared", CaseRole.Owner, new DissentComparedBody(statement, outcome.Happened));
            await work.ExecuteAsync(
                "decisions/compare_dissent", new { CaseId = work.Case, StatementEvent = statement, EventId = eventId, work.Now }, ct);
        }
    }
}

/// <summary>The body of <c>dissent.compared</c>.</summary>
/// <param name="Dissent">The event of the statement.</param>
/// <param name="Happened">What happened.</param>
internal sealed record DissentComparedBody(Guid Dissent, string Happened);
