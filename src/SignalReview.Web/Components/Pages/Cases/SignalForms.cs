using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Signals;
using SignalReview.Signals.Images;
using SignalReview.Trail.Audit;
using SignalReview.Web.Localization;
using SignalReview.Workflow;

namespace SignalReview.Web.Components.Pages.Cases;

/// <summary>Forms about the case as such: additions, taking it back, handing it over, its time.</summary>
internal sealed class SignalForms(
    AddToSignal add,
    WithdrawCase withdraw,
    StopCase stop,
    HandleStop handleStop,
    TransferCase transfer,
    AppointFacilitator appoint,
    AppointCoFacilitator appointBeside,
    ExtendDeadline extend,
    PauseDeadline pause,
    ResumeDeadline resume,
    AttachImage attach,
    RemoveImage removeImage,
    ReviewEmergency reviewEmergency)
{
    /// <returns>Null when it is no form of these.</returns>
    public async Task<CommandResult?> SendAsync(Actor actor, CaseId caseId, FormPost post, CancellationToken ct) => post.Action switch
    {
        "addToSignal" => await add.RunAsync(actor, caseId, new(post.CommandId, post.Words("text")), ct),
        "attachImage" => await attach.RunAsync(actor, caseId, post.CommandId, post.Text("description"), post.Image.ToArray(), ct),
        "removeImage" => await removeImage.RunAsync(actor, caseId, new(post.CommandId, post.Target ?? Guid.Empty), ct),
        "withdrawCase" => await withdraw.RunAsync(actor, caseId, new(post.CommandId, post.Words("reason")), ct),
        "stopCase" => await stop.RunAsync(actor, caseId, new(post.CommandId, post.Words("reason")), ct),
        "handleStop" => await handleStop.RunAsync(actor, caseId, new(post.CommandId, post.Words("measures")), ct),
        "transferCase" => await transfer.RunAsync(
            actor, caseId, new(post.CommandId, post.Id("newOwner") ?? Guid.Empty, post.Words("reason")), ct),
        "appointFacilitator" => await appoint.RunAsync(
            actor, caseId, new(post.CommandId, post.Id("facilitator") ?? Guid.Empty, post.Words("reason")), ct),
        "appointCoFacilitator" => await appointBeside.RunAsync(
            actor, caseId, new(post.CommandId, post.Id("coFacilitator") ?? Guid.Empty, post.Words("reason")), ct),
        "withdrawCoFacilitator" => await appointBeside.RunAsync(actor, caseId, new(post.CommandId, null, post.Words("reason")), ct),
        "extendDeadline" => await extend.RunAsync(
            actor,
            caseId,
            // No time, or none that can be read: the rules then say that it is not later.
            new(post.CommandId, post.Words("node"), post.LocalTime("dueAt") is { } due ? TeamTime.At(due) : DateTimeOffset.UnixEpoch, post.Words("reason")),
            ct),
        "pauseDeadline" => await pause.RunAsync(actor, caseId, new(post.CommandId, post.Words("node"), post.Words("reason")), ct),
        "reviewEmergency" => await reviewEmergency.RunAsync(
            actor,
            caseId,
            new(post.CommandId, post.Target ?? Guid.Empty, post.Choice<EmergencyVerdict>("verdict"), post.Words("remark")),
            ct),
        "resumeDeadline" => await resume.RunAsync(actor, caseId, new(post.CommandId, post.Words("node")), ct),
        _ => null,
    };
}
