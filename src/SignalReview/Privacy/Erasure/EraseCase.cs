using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Privacy.Holds;
using SignalReview.Trail;

namespace SignalReview.Privacy.Erasure;

internal enum EraseCaseOutcome
{
    Erased,
    NotYours,
    LegalHold,
    StillRunning,
    NotApproved,
}

/// <summary>
/// Carries out an erasure that was approved. All is judged again: a hold may have been placed since, or the case reopened. The transaction takes everything
/// away or nothing; what lies outside the database follows at once (<see cref="Destruction"/>), or at the next start.
/// </summary>
internal sealed class EraseCase(CommandRunner commands, KeyRing keys, Destruction destruction)
{
    public async Task<CommandResult> RunAsync(Actor actor, CaseId caseId, EraseCaseCommand command, CancellationToken ct)
    {
        var result = await commands.RunAsync(actor, caseId, command, HandleAsync, ct);
        if (result.Done)
        {
            await destruction.RunAsync(CancellationToken.None); // it was committed: who asked for it going away stops nothing
        }

        return result;
    }

    private async Task<Refusal?> HandleAsync(Work work, EraseCaseCommand command, CancellationToken ct) =>
        Refuse(await JudgeAsync(work, command, ct));

    private async Task<EraseCaseOutcome> JudgeAsync(Work work, EraseCaseCommand command, CancellationToken ct)
    {
        if (!work.Actor.Is(Role.PrivacyOfficer) && !ErasureRules.MaySecond(work.File, work.Actor))
        {
            return EraseCaseOutcome.NotYours;
        }

        var erasure = await work.Db.FirstOrDefaultAsync<ErasureRow>("privacy/erasure", new { ErasureId = command.Erasure }, ct);
        if (erasure is not { State: ErasureState.Approved } || erasure.CaseId != work.Case)
        {
            return EraseCaseOutcome.NotApproved;
        }

        if (ErasureRules.IsRunning(work.File))
        {
            return EraseCaseOutcome.StillRunning;
        }

        if (await LegalHolds.StandAsync(work.Db, work.Case, work.Now, ct))
        {
            return EraseCaseOutcome.LegalHold;
        }

        return await EraseAsync(work, erasure, ct);
    }

    private async Task<EraseCaseOutcome> EraseAsync(Work work, ErasureRow erasure, CancellationToken ct)
    {
        var shredded = await Shredder.RunAsync(work.Db, keys, work.Case, work.Now, ct)
            ?? throw new InvalidOperationException($"Case {work.Case} was erased inside a transaction that had claimed it.");
        work.UseDossier(shredded.Dossier);
        var body = new SubjectErasedBody(
            erasure.ErasureId,
            erasure.Ground,
            erasure.AskedBy,
            Rule: null,
            erasure.Interests,
            erasure.RequestedById.Value,
            erasure.CheckedById?.Value,
            erasure.SettledById?.Value,
            shredded.Bodies,
            shredded.Drafts,
            shredded.Attachments,
            FirstErasedAt: null);
        var role = work.Actor.Is(Role.PrivacyOfficer) ? CaseRole.PrivacyOfficer : CaseRole.Coordinator;
        var args = new
        {
            erasure.ErasureId,
            CaseId = work.Case,
            ErasedById = work.Me,
            work.Now,
            Today = LegalHolds.Today(work.Now),
            ErasedEvent = work.Append("subject.erased", role, body),
            shredded.EndedShare,
        };
        return await work.ExecuteAsync("privacy/finish_erasure", args, ct) == 1 ? EraseCaseOutcome.Erased : EraseCaseOutcome.LegalHold;
    }

    private static Refusal? Refuse(EraseCaseOutcome outcome) => outcome switch
    {
        EraseCaseOutcome.Erased => null,
        EraseCaseOutcome.NotYours => Refusal.NotYours,
        EraseCaseOutcome.LegalHold => Refusal.Conflict("legal-hold-stands"),
        EraseCaseOutcome.StillRunning => Refusal.Conflict("case-still-running"),
        EraseCaseOutcome.NotApproved => Refusal.Conflict("erasure-not-approved"),
    };
}
