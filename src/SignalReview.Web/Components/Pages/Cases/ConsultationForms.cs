using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;

namespace SignalReview.Web.Components.Pages.Cases;

/// <summary>Forms of invitations, questions, readings and comparing.</summary>
internal sealed class ConsultationForms(
    AcceptInvitation accept,
    DeclineInvitation decline,
    ReplaceReader replace,
    InviteReader invite,
    AskQuestion ask,
    AnswerQuestion answer,
    MarkQuestion mark,
    ReadyToRead ready,
    FinishClarifying finishClarifying,
    SubmitInterpretation submit,
    RevealInterpretations reveal,
    FinishComparing finishComparing)
{
    /// <returns>Null when it is no form of these.</returns>
    public async Task<CommandResult?> SendAsync(Actor actor, CaseId caseId, FormPost post, CancellationToken ct) => post.Action switch
    {
        "acceptInvitation" => await accept.RunAsync(actor, caseId, new(post.CommandId), ct),
        "declineInvitation" => await decline.RunAsync(actor, caseId, new(post.CommandId, post.Ticked("conflictOfInterest"), post.Text("reason")), ct),
        "replaceReader" => await replace.RunAsync(
            actor, caseId, new(post.CommandId, post.Target ?? Guid.Empty, post.Id("replacement"), post.Words("reason")), ct),
        "inviteReader" => await invite.RunAsync(actor, caseId, new(post.CommandId, post.Id("reader") ?? Guid.Empty, post.Words("reason")), ct),
        "askQuestion" => await ask.RunAsync(actor, caseId, new(post.CommandId, post.Words("question")), ct),
        "answerQuestion" => await answer.RunAsync(actor, caseId, new(post.CommandId, post.Target ?? Guid.Empty, post.Words("answer")), ct),
        "markQuestion" => await mark.RunAsync(actor, caseId, new(post.CommandId, post.Target ?? Guid.Empty, post.Ticked("helped")), ct),
        "readyToRead" => await ready.RunAsync(actor, caseId, new(post.CommandId), ct),
        "finishClarifying" => await finishClarifying.RunAsync(actor, caseId, new(post.CommandId), ct),
        "submitInterpretation" or "cannotRead" => await submit.RunAsync(actor, caseId, new(post.CommandId, InterpretationFields.Read(post)), ct),
        "revealInterpretations" => await reveal.RunAsync(actor, caseId, new(post.CommandId, post.Words("reason")), ct),
        "openRoom" => await finishComparing.RunAsync(actor, caseId, new(post.CommandId, OpenRoom: true), ct),
        "decideWithoutRoom" => await finishComparing.RunAsync(actor, caseId, new(post.CommandId, OpenRoom: false), ct),
        _ => null,
    };
}
