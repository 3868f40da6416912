using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Privacy.Holds;

namespace SignalReview.Privacy.Erasure;

internal enum CheckErasureOutcome
{
    Checked,

    /// <summary>Another's interest weighs more: recorded, and the erasure is declined.</summary>
    Prevailed,
    NotThePrivacyOfficer,
    Incomplete,
    LegalHold,
    StillRunning,
    NotOpen,
}

/// <summary>
/// The privacy officer records what stands in the way: a legal hold refuses, so does a case in which people are still at work, and another's
/// interest is weighed with reasons.
/// </summary>
internal sealed class CheckErasure(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, CheckErasureCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, CheckErasureCommand command, CancellationToken ct)
    {
        var check = ErasureRules.Check(command.Interests);
        return Refuse(await JudgeAsync(work, command, check, ct), check.Problems);
    }

    private static async Task<CheckErasureOutcome> JudgeAsync(Work work, CheckErasureCommand command, FieldCheck check, CancellationToken ct)
    {
        if (!work.Actor.Is(Role.PrivacyOfficer))
        {
            return CheckErasureOutcome.NotThePrivacyOfficer;
        }

        if (check.Problems.Count > 0)
        {
            return CheckErasureOutcome.Incomplete;
        }

        if (await LegalHolds.StandAsync(work.Db, work.Case, work.Now, ct))
        {
            return CheckErasureOutcome.LegalHold;
        }

        return ErasureRules.IsRunning(work.File) ? CheckErasureOutcome.StillRunning : await RecordAsync(work, command, ct);
    }

    private static async Task<CheckErasureOutcome> RecordAsync(Work work, CheckErasureCommand command, CancellationToken ct)
    {
        var interests = command.Interests!.Where(i => i?.Interest is not null).ToList();
        var recorded = work.Append("erasure.checked", CaseRole.PrivacyOfficer, new ErasureCheckedBody(command.Erasure, interests, LegalHold: false, work.File.Phase));
        var args = new
        {
            ErasureId = command.Erasure,
            CaseId = work.Case,
            Interests = ErasureRules.Text(interests),
            CheckedById = work.Me,
            work.Now,
            CheckedEvent = recorded,
        };
        if (await work.ExecuteAsync("privacy/check_erasure", args, ct) == 0)
        {
            return CheckErasureOutcome.NotOpen;
        }

        if (interests.FirstOrDefault(i => i.Outcome == InterestOutcome.Prevails) is not { } prevails)
        {
            return CheckErasureOutcome.Checked;
        }

        await DeclineErasure.WriteAsync(work, new(command.Erasure, Reason: null, prevails.Interest), ct);
        return CheckErasureOutcome.Prevailed;
    }

    private static Refusal? Refuse(CheckErasureOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        CheckErasureOutcome.Checked or CheckErasureOutcome.Prevailed => null,
        CheckErasureOutcome.NotThePrivacyOfficer => Refusal.NotYours,
        CheckErasureOutcome.Incomplete => Refusal.Invalid(problems),
        CheckErasureOutcome.LegalHold => Refusal.Conflict("legal-hold-stands"),
        CheckErasureOutcome.StillRunning => Refusal.Conflict("case-still-running"),
        CheckErasureOutcome.NotOpen => Refusal.Conflict("erasure-not-open"),
    };
}
