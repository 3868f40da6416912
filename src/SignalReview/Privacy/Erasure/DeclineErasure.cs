using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Privacy.Erasure;

internal enum DeclineErasureOutcome
{
    Declined,
    NotYours,
    Incomplete,
    NotOpen,
}

/// <summary>An erasure that is under way will not be done; by the privacy officer, or by the second person.</summary>
internal sealed class DeclineErasure(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, DeclineErasureCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    /// <returns>False when there is nothing to decline any more.</returns>
    public static async Task<bool> WriteAsync(Work work, ErasureDeclinedBody body, CancellationToken ct)
    {
        var role = work.Actor.Is(Role.PrivacyOfficer) ? CaseRole.PrivacyOfficer : CaseRole.Coordinator;
        var args = new
        {
            ErasureId = body.Erasure,
            CaseId = work.Case,
            SettledById = work.Me,
            work.Now,
            SettledEvent = work.Append("erasure.declined", role, body),
        };
        return await work.ExecuteAsync("privacy/decline_erasure", args, ct) == 1;
    }

    private static async Task<Refusal?> HandleAsync(Work work, DeclineErasureCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Required("reason", command.Reason);
        var outcome = !work.Actor.Is(Role.PrivacyOfficer) && !ErasureRules.MaySecond(work.File, work.Actor) ? DeclineErasureOutcome.NotYours
            : check.Problems.Count > 0 ? DeclineErasureOutcome.Incomplete
            : await WriteAsync(work, new(command.Erasure, command.Reason, Interest: null), ct) ? DeclineErasureOutcome.Declined
            : DeclineErasureOutcome.NotOpen;
        return Refuse(outcome, check.Problems);
    }

    private static Refusal? Refuse(DeclineErasureOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        DeclineErasureOutcome.Declined => null,
        DeclineErasureOutcome.NotYours => Refusal.NotYours,
        DeclineErasureOutcome.Incomplete => Refusal.Invalid(problems),
        DeclineErasureOutcome.NotOpen => Refusal.Conflict("erasure-not-open"),
    };
}
