using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Comparing;

internal enum CheckMissingOutcome
{
    Done,
    NotYours,
    NotOpen,
    Unknown,
    AlreadyChecked,
    NotChecked,
    Incomplete,
}

/// <summary>Ticks one thing that was missing, with what was found.</summary>
internal sealed class CheckMissing(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, CheckMissingCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, CheckMissingCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Required("found", command.Found);
        var (items, refused) = await MissingItems.FindAsync(work, command.Item, ct);
        var outcome = refused
            ?? (ComparingRules.ChecksOf(work.File, items).Count > 0 ? CheckMissingOutcome.AlreadyChecked
                : check.Problems.Count > 0 ? CheckMissingOutcome.Incomplete
                : CheckMissingOutcome.Done);
        if (outcome == CheckMissingOutcome.Done)
        {
            var item = items[0];
            var eventId = work.Append("missing.checked", ComparingRules.RoleOf(work), new MissingCheckedBody(item.Source.EventId, item.Place + 1, command.Found));
            await work.ExecuteAsync(
                "comparing/check_missing",
                new { CaseId = work.Case, ReadingEvent = item.Source.EventId, item.Place, EventId = eventId, PersonId = work.Me, work.Now },
                ct);
        }

        return MissingItems.Refuse(outcome, check.Problems);
    }
}

/// <summary>Takes the tick away; what was found stays in the trail.</summary>
internal sealed class UncheckMissing(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, UncheckMissingCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, UncheckMissingCommand command, CancellationToken ct)
    {
        var (items, refused) = await MissingItems.FindAsync(work, command.Item, ct);
        var checks = ComparingRules.ChecksOf(work.File, items);
        var outcome = refused ?? (checks.Count == 0 ? CheckMissingOutcome.NotChecked : CheckMissingOutcome.Done);
        if (outcome == CheckMissingOutcome.Done)
        {
            foreach (var check in checks)
            {
                work.Append("missing.unchecked", ComparingRules.RoleOf(work), new MissingUncheckedBody(check.ReadingEvent, check.Place + 1));
                await work.ExecuteAsync(
                    "comparing/uncheck_missing", new { CaseId = work.Case, check.ReadingEvent, check.Place }, ct);
            }
        }

        return MissingItems.Refuse(outcome, []);
    }
}

internal static class MissingItems
{
    /// <summary>The entries that say the same, or why this person cannot tick them.</summary>
    public static async Task<(IReadOnlyList<ListedItem<InterpretationRow>> Items, CheckMissingOutcome? Refused)> FindAsync(Work work, Guid item, CancellationToken ct)
    {
        if (!ComparingRules.MayTakePart(work.File, work.Me))
        {
            return ([], CheckMissingOutcome.NotYours);
        }

        if (!ComparingRules.IsOpen(work.File))
        {
            return ([], CheckMissingOutcome.NotOpen);
        }

        var items = await ComparingRules.FindMissingAsync(work, item, ct);
        return items.Count == 0 ? ([], CheckMissingOutcome.Unknown) : (items, null);
    }

    public static Refusal? Refuse(CheckMissingOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        CheckMissingOutcome.Done => null,
        CheckMissingOutcome.NotYours => Refusal.NotYours,
        CheckMissingOutcome.NotOpen => Refusal.Conflict("readings-not-compared"),
        CheckMissingOutcome.Unknown => Refusal.Invalid(new FieldProblem("item", "unknown")),
        CheckMissingOutcome.AlreadyChecked => Refusal.Conflict("missing-already-checked"),
        CheckMissingOutcome.NotChecked => Refusal.Conflict("missing-not-checked"),
        CheckMissingOutcome.Incomplete => Refusal.Invalid(problems),
    };
}

/// <summary>The body of <c>missing.checked</c>.</summary>
/// <param name="Interpretation">The event of the reading that missed it.</param>
/// <param name="Place">In that reading's list, from 1 as people count.</param>
/// <param name="Found">What was found.</param>
internal sealed record MissingCheckedBody(Guid Interpretation, int Place, string Found);

/// <summary>The body of <c>missing.unchecked</c>.</summary>
internal sealed record MissingUncheckedBody(Guid Interpretation, int Place);
