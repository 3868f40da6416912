using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Privacy.Retention;

internal enum ProposeRulesOutcome
{
    Proposed,
    NotThePrivacyOfficer,
    OtherRules,
    AlreadyStands,
    Incomplete,
}

/// <summary>A privacy officer asks that the loaded rules hold, having seen what they would change.</summary>
internal sealed class ProposeRules(DeskCommands commands, RuleSets sets)
{
    public Task<CommandResult> RunAsync(Actor actor, ProposeRulesCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, CaseId.Organisation, command, HandleAsync, ct);

    private async Task<Refusal?> HandleAsync(DeskWork work, ProposeRulesCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Required("reason", command.Reason);
        var row = (await RuleSets.AllAsync(work.Db, ct)).FirstOrDefault(s => s.Sha256 == sets.Loaded.Head.Sha256);
        var outcome = !work.Actor.Is(Role.PrivacyOfficer) ? ProposeRulesOutcome.NotThePrivacyOfficer
            : row is null || command.Sha256 != row.Sha256 ? ProposeRulesOutcome.OtherRules
            : row.State is RuleSetState.Proposed or RuleSetState.Active ? ProposeRulesOutcome.AlreadyStands
            : check.Problems.Count > 0 ? ProposeRulesOutcome.Incomplete
            : ProposeRulesOutcome.Proposed;
        if (outcome == ProposeRulesOutcome.Proposed)
        {
            var id = work.Append("retention.rulesProposed", CaseRole.PrivacyOfficer, new RulesBody(sets.Loaded.Label, command.Sha256, command.Reason.Trim()));
            var proposed = new { command.Sha256, PersonId = work.Me, work.Now, EventId = id };
            if (await work.Db.ExecuteAsync("retention/propose_rules", proposed, ct) == 0)
            {
                return Refusal.Conflict("retention-rules-stand");
            }
        }

        return outcome switch
        {
            ProposeRulesOutcome.Proposed => null,
            ProposeRulesOutcome.NotThePrivacyOfficer => Refusal.NotYours,
            ProposeRulesOutcome.OtherRules => Refusal.Conflict("retention-rules-changed"),
            ProposeRulesOutcome.AlreadyStands => Refusal.Conflict("retention-rules-stand"),
            ProposeRulesOutcome.Incomplete => Refusal.Invalid(check.Problems),
        };
    }
}

internal enum ActivateRulesOutcome
{
    Active,
    SentBack,
    NotYours,
    OwnProposal,
    NotProposed,
    Incomplete,
}

/// <summary>
/// The second person: a coordinator or another privacy officer. What the rules erase from then on has been agreed to by two people, once for all.
/// </summary>
internal sealed class ActivateRules(DeskCommands commands)
{
    public Task<CommandResult> RunAsync(Actor actor, ActivateRulesCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, CaseId.Organisation, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(DeskWork work, ActivateRulesCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Required("reason", command.Reason);
        var row = (await RuleSets.AllAsync(work.Db, ct)).FirstOrDefault(s => s.Sha256 == command.Sha256);
        var outcome = Judge(work, row, command, check);
        var role = work.Actor.Is(Role.PrivacyOfficer) ? CaseRole.PrivacyOfficer : CaseRole.Coordinator;
        if (outcome is ActivateRulesOutcome.Active or ActivateRulesOutcome.SentBack)
        {
            var change = new { command.Sha256, PersonId = work.Me, work.Now };
            if (await work.Db.ExecuteAsync(command.Agree ? "retention/activate_rules" : "retention/withdraw_rules", change, ct) == 0)
            {
                return Refusal.Conflict("retention-rules-not-proposed");
            }

            if (command.Agree)
            {
                await work.Db.ExecuteAsync("retention/retire_rules", change, ct);
            }

            work.Append(
                command.Agree ? "retention.rulesActivated" : "retention.rulesSentBack", role, new RulesBody($"{row!.RuleSet}@{row.Version}", row.Sha256, command.Reason.Trim()));
        }

        return outcome switch
        {
            ActivateRulesOutcome.Active or ActivateRulesOutcome.SentBack => null,
            ActivateRulesOutcome.NotYours => Refusal.NotYours,
            ActivateRulesOutcome.OwnProposal => Refusal.Forbidden("retention-own-rules"),
            ActivateRulesOutcome.NotProposed => Refusal.Conflict("retention-rules-not-proposed"),
            ActivateRulesOutcome.Incomplete => Refusal.Invalid(check.Problems),
        };
    }

    private static ActivateRulesOutcome Judge(DeskWork work, RuleSetRow? row, ActivateRulesCommand command, FieldCheck check)
    {
        if (!RetentionReads.MayRead(work.Actor))
        {
            return ActivateRulesOutcome.NotYours;
        }

        if (row is not { State: RuleSetState.Proposed })
        {
            return ActivateRulesOutcome.NotProposed;
        }

        // Who proposed may take it back, and never lets it in.
        if (command.Agree && row.ProposedById == work.Me)
        {
            return ActivateRulesOutcome.OwnProposal;
        }

        return check.Problems.Count > 0 ? ActivateRulesOutcome.Incomplete : command.Agree ? ActivateRulesOutcome.Active : ActivateRulesOutcome.SentBack;
    }
}

/// <summary>The body of <c>retention.rulesProposed</c>, <c>retention.rulesActivated</c> and <c>retention.rulesSentBack</c>.</summary>
internal sealed record RulesBody(string Rules, string Sha256, string Reason);
