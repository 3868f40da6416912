using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Privacy.Retention;

internal enum SetGroundOutcome
{
    Set,
    NotYours,
    Incomplete,
}

/// <summary>Somebody says on which legal ground a case is, where the signal did not say so in words that the rules know.</summary>
internal sealed class SetGround(CommandRunner commands, RuleSets sets, Reckoner reckoner)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, SetGroundCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private async Task<Refusal?> HandleAsync(Work work, SetGroundCommand command, CancellationToken ct)
    {
        var (rules, _) = await sets.CurrentAsync(work.Db, ct);
        var check = new FieldCheck();
        check.Required("reason", command.Reason);
        if (rules.Grounds.All(g => g.Id != command.Ground))
        {
            check.Add("ground", string.IsNullOrEmpty(command.Ground) ? "required" : "unknown");
        }

        var outcome = RetentionRoles.Of(work.File, work.Actor) is not (CaseRole.Owner or CaseRole.PrivacyOfficer) ? SetGroundOutcome.NotYours
            : check.Problems.Count > 0 ? SetGroundOutcome.Incomplete
            : SetGroundOutcome.Set;
        if (outcome == SetGroundOutcome.Set)
        {
            await WriteAsync(work, rules, command, ct);
        }

        return outcome switch
        {
            SetGroundOutcome.Set => null,
            SetGroundOutcome.NotYours => Refusal.NotYours,
            SetGroundOutcome.Incomplete => Refusal.Invalid(check.Problems),
        };
    }

    private async Task WriteAsync(Work work, RetentionRules rules, SetGroundCommand command, CancellationToken ct)
    {
        work.Append("retention.groundSet", RetentionRoles.Of(work.File, work.Actor)!.Value, new { command.Ground, Reason = command.Reason.Trim() });
        var row = await RetentionStore.FindAsync(work.Db, work.Case, ct);
        var chosen = (row ?? new RetentionRow()) with { Ground = command.Ground, GroundBy = GroundSource.Person };
        if (await reckoner.ReckonAsync(work.Db, rules, work.Case, chosen, ct) is { } reckoned
            && await RetentionStore.WriteAsync(work.Db, rules, reckoned, row, work.Now, ct) is { } told)
        {
            work.AppendAsSystem("retention.reckoned", told);
        }
    }
}
