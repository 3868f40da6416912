using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Privacy.Holds;

namespace SignalReview.Privacy.Erasure;

internal enum ApproveErasureOutcome
{
    Approved,
    NotYours,

    /// <summary>Asked for or checked by the same person.</summary>
    Own,

    /// <summary>Their own work goes with the case.</summary>
    HasPart,
    LegalHold,
    NotChecked,
}

/// <summary>The second pair of eyes. No role and no order of steps lets one person both ask for an erasure and approve it.</summary>
internal sealed class ApproveErasure(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, ApproveErasureCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, ApproveErasureCommand command, CancellationToken ct) =>
        Refuse(await JudgeAsync(work, command, ct));

    private static async Task<ApproveErasureOutcome> JudgeAsync(Work work, ApproveErasureCommand command, CancellationToken ct)
    {
        if (!work.Actor.Is(Role.PrivacyOfficer) && !work.Actor.Is(Role.Coordinator))
        {
            return ApproveErasureOutcome.NotYours;
        }

        var erasure = await work.Db.FirstOrDefaultAsync<ErasureRow>("privacy/erasure", new { ErasureId = command.Erasure }, ct);
        if (erasure is not { State: ErasureState.Checked } || erasure.CaseId != work.Case)
        {
            return ApproveErasureOutcome.NotChecked;
        }

        if (erasure.RequestedById == work.Me || erasure.CheckedById == work.Me)
        {
            return ApproveErasureOutcome.Own;
        }

        if (!ErasureRules.MaySecond(work.File, work.Actor))
        {
            return ApproveErasureOutcome.HasPart;
        }

        if (await LegalHolds.StandAsync(work.Db, work.Case, work.Now, ct))
        {
            return ApproveErasureOutcome.LegalHold;
        }

        var role = work.Actor.Is(Role.PrivacyOfficer) ? CaseRole.PrivacyOfficer : CaseRole.Coordinator;
        var args = new
        {
            ErasureId = command.Erasure,
            CaseId = work.Case,
            SettledById = work.Me,
            work.Now,
            SettledEvent = work.Append("erasure.approved", role, new ErasureApprovedBody(command.Erasure)),
        };
        return await work.ExecuteAsync("privacy/approve_erasure", args, ct) == 1 ? ApproveErasureOutcome.Approved : ApproveErasureOutcome.NotChecked;
    }

    private static Refusal? Refuse(ApproveErasureOutcome outcome) => outcome switch
    {
        ApproveErasureOutcome.Approved => null,
        ApproveErasureOutcome.NotYours => Refusal.NotYours,
        ApproveErasureOutcome.Own => Refusal.Forbidden("erasure-own"),
        ApproveErasureOutcome.HasPart => Refusal.Forbidden("erasure-has-part"),
        ApproveErasureOutcome.LegalHold => Refusal.Conflict("legal-hold-stands"),
        ApproveErasureOutcome.NotChecked => Refusal.Conflict("erasure-not-checked"),
    };
}
