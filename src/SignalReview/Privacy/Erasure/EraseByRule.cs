using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Privacy.Holds;
using SignalReview.Trail;

namespace SignalReview.Privacy.Erasure;

internal enum EraseByRuleOutcome
{
    Erased,
    LegalHold,
    StillRunning,
}

/// <summary>
/// Erases a case of which the time is over. The second person is who agreed on the rule, beforehand and for all cases; a draft may go too.
/// </summary>
internal sealed class EraseByRule(CommandRunner commands, KeyRing keys, Destruction destruction)
{
    public async Task<CommandResult> RunAsync(CaseId caseId, EraseByRuleCommand command, CancellationToken ct)
    {
        var result = await commands.RunAsync(Actor.System, caseId, command, HandleAsync, ct);
        if (result.Done)
        {
            await destruction.RunAsync(CancellationToken.None);
        }

        return result;
    }

    private async Task<Refusal?> HandleAsync(Work work, EraseByRuleCommand command, CancellationToken ct)
    {
        var outcome = ErasureRules.IsRunning(work.File) ? EraseByRuleOutcome.StillRunning
            : await LegalHolds.StandAsync(work.Db, work.Case, work.Now, ct) ? EraseByRuleOutcome.LegalHold
            : await EraseAsync(work, command, ct);
        return Refuse(outcome);
    }

    private async Task<EraseByRuleOutcome> EraseAsync(Work work, EraseByRuleCommand command, CancellationToken ct)
    {
        var shredded = await Shredder.RunAsync(work.Db, keys, work.Case, work.Now, ct)
            ?? throw new InvalidOperationException($"Case {work.Case} was erased inside a transaction that had claimed it.");
        work.UseDossier(shredded.Dossier);
        var id = work.NewId();
        work.Created = id;
        var body = new SubjectErasedBody(
            id,
            ErasureGround.RetentionOver,
            ErasureAskedBy.Rule,
            command.Rule,
            Interests: null,
            PersonId.System.Value,
            CheckedBy: null,
            command.RuleApprovedBy,
            shredded.Bodies,
            shredded.Drafts,
            shredded.Attachments,
            FirstErasedAt: null);
        var args = new
        {
            ErasureId = id,
            CaseId = work.Case,
            body.Ground,
            RuleId = command.Rule,
            SettledById = command.RuleApprovedBy,
            ErasedById = work.Me,
            work.Now,
            Today = LegalHolds.Today(work.Now),
            ErasedEvent = work.AppendAsSystem("subject.erased", body),
            shredded.EndedShare,
        };
        if (await work.ExecuteAsync("privacy/insert_rule_erasure", args, ct) == 0)
        {
            return EraseByRuleOutcome.LegalHold;
        }

        await work.ExecuteAsync("privacy/supersede_erasures", args, ct);
        return EraseByRuleOutcome.Erased;
    }

    private static Refusal? Refuse(EraseByRuleOutcome outcome) => outcome switch
    {
        EraseByRuleOutcome.Erased => null,
        EraseByRuleOutcome.LegalHold => Refusal.Conflict("legal-hold-stands"),
        EraseByRuleOutcome.StillRunning => Refusal.Conflict("case-still-running"),
    };
}
