using SignalReview.Signals;
using SignalReview.Trail.Audit;
using SignalReview.Workflow;

namespace SignalReview.Web.Api;

internal static class SignalsApi
{
    public static void MapSignals(this IEndpointRouteBuilder api)
    {
        var signals = api.MapGroup("/signals").WithTags("Signals");
        signals.MapPost("", StartAsync)
            .WithName("StartSignal")
            .WithSummary("Opens an empty draft of a signal; its id is the case's from now on.")
            .Produces<Receipt>(StatusCodes.Status201Created)
            .RefusesCommand();
        signals.MapGet("/{id:guid}/draft", (Guid id, Caller caller, DraftDoor drafts, HttpContext context, CancellationToken ct) =>
                drafts.GetAsync(context, caller.Actor, id, DraftKind.Signal, ct))
            .WithName("GetSignalDraft")
            .WithSummary("What was written so far; only its writer sees it.")
            .ProducesDraft();
        signals.MapPut("/{id:guid}/draft", (
                    Guid id, Caller caller, Body<SignalSubmission> body, DraftDoor drafts, HttpContext context, CancellationToken ct) =>
                drafts.PutAsync(context, caller.Actor, id, DraftKind.Signal, body.Value, ct))
            .WithName("SaveSignalDraft")
            .WithSummary("Saves what was written so far, with the revision last seen in If-Match.")
            .SavesDraft();
        signals.MapCommand<SubmitSignal, SubmitSignalCommand>(
            "submit", "Freezes the signal and starts its consultation.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        signals.MapCommand<DiscardDraft, DiscardDraftCommand>(
            "discard", "Throws the draft away.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
    }

    /// <summary>What happens to a case as a whole.</summary>
    public static void MapCaseCommands(this IEndpointRouteBuilder cases)
    {
        cases.MapCommand<AddToSignal, AddToSignalCommand>(
            "add-to-signal", "Adds a dated entry beside the frozen signal.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<WithdrawCase, WithdrawCaseCommand>(
            "withdraw-case", "Takes the case back; by its submitter or owner.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<StopCase, StopCaseCommand>(
            "stop-case", "Stops a case that should not be here; by the privacy officer.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<HandleStop, HandleStopCommand>(
            "handle-stop", "Records what was done about a stop.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<TransferCase, TransferCaseCommand>(
            "transfer-case", "Hands the case to another owner.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<AppointFacilitator, AppointFacilitatorCommand>(
            "appoint-facilitator", "Names another facilitator.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<AppointCoFacilitator, AppointCoFacilitatorCommand>(
            "appoint-co-facilitator", "Names somebody who leads beside the facilitator, or nobody any more.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<ExtendDeadline, ExtendDeadlineCommand>(
            "extend-deadline", "Gives a waiting step more time.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<PauseDeadline, PauseDeadlineCommand>(
            "pause-deadline", "Lets a waiting step's deadline stand still.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<ReviewEmergency, ReviewEmergencyCommand>(
            "review-emergency", "Says whether opening the case in an emergency was needed; by the privacy officer.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<ResumeDeadline, ResumeDeadlineCommand>(
            "resume-deadline", "Lets a paused deadline run on.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
    }

    private static async Task<IResult> StartAsync(
        Caller caller, Body<StartSignalCommand> body, StartSignal useCase, Problems problems, HttpContext context, CancellationToken ct)
    {
        var result = await useCase.RunAsync(caller.Actor, body.Value, ct);
        return result.Refusal is { } refusal
            ? problems.Of(context, refusal)
            : TypedResults.Created($"{context.Request.PathBase}{ApiSetup.Root}/cases/{result.Case}", result.ToReceipt());
    }
}
