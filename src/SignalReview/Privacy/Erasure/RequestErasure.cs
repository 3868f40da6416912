using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Privacy.Erasure;

internal enum RequestErasureOutcome
{
    Requested,
    NotThePrivacyOfficer,
    Incomplete,
    AlreadyRequested,
}

/// <summary>The privacy officer takes in that somebody wants a case erased.</summary>
internal sealed class RequestErasure(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, RequestErasureCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, RequestErasureCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Required("ground", command.Ground);
        check.Required("askedBy", command.AskedBy);
        if (command.AskedBy == ErasureAskedBy.Rule)
        {
            check.Add("askedBy", "unknown"); // a rule erases by itself
        }

        check.Required("explanation", command.Explanation);
        var outcome = !work.Actor.Is(Role.PrivacyOfficer) ? RequestErasureOutcome.NotThePrivacyOfficer
            : check.Problems.Count > 0 ? RequestErasureOutcome.Incomplete
            : await RequestAsync(work, command, ct);
        return Refuse(outcome, check.Problems);
    }

    private static async Task<RequestErasureOutcome> RequestAsync(Work work, RequestErasureCommand command, CancellationToken ct)
    {
        var id = work.NewId();
        var body = new ErasureRequestedBody(id, command.Ground!.Value, command.AskedBy!.Value, command.Explanation!);
        var args = new
        {
            ErasureId = id,
            CaseId = work.Case,
            body.Ground,
            body.AskedBy,
            RequestedById = work.Me,
            work.Now,
            RequestedEvent = work.Append("erasure.requested", CaseRole.PrivacyOfficer, body),
        };
        work.Created = id;
        return await work.ExecuteAsync("privacy/request_erasure", args, ct) == 1 ? RequestErasureOutcome.Requested : RequestErasureOutcome.AlreadyRequested;
    }

    private static Refusal? Refuse(RequestErasureOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        RequestErasureOutcome.Requested => null,
        RequestErasureOutcome.NotThePrivacyOfficer => Refusal.NotYours,
        RequestErasureOutcome.Incomplete => Refusal.Invalid(problems),
        RequestErasureOutcome.AlreadyRequested => Refusal.Conflict("erasure-under-way"),
    };
}
