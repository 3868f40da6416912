using SignalReview.Cases;
using SignalReview.Decisions;
using SignalReview.People;

namespace SignalReview.Web.Components.Pages.Cases;

/// <summary>Forms of the decision, what differs from it, its approval and what follows.</summary>
internal sealed class DecisionForms(
    Decide decide,
    AskDissent askDissent,
    StateDissent stateDissent,
    WaiveDissent waiveDissent,
    ApproveDecision approve,
    ReturnDecision returnDecision,
    PlanFollowUp plan,
    CompleteFollowUp complete,
    ReviewCase review,
    ReopenCase reopen)
{
    /// <returns>Null when it is no form of these.</returns>
    public async Task<CommandResult?> SendAsync(Actor actor, CaseId caseId, FormPost post, CancellationToken ct) => post.Action switch
    {
        "decide" => await decide.RunAsync(actor, caseId, DecisionFields.Read(post).Command(post.CommandId), ct),
        "askDissent" => await askDissent.RunAsync(actor, caseId, new(post.CommandId, post.Target ?? Guid.Empty, post.Text("proposal")), ct),
        "stateDissent" => await stateDissent.RunAsync(actor, caseId, new(post.CommandId, post.Words("statement")), ct),
        "waiveDissent" => await waiveDissent.RunAsync(actor, caseId, new(post.CommandId), ct),
        "approveDecision" => await approve.RunAsync(actor, caseId, new(post.CommandId, post.Text("remark")), ct),
        "returnDecision" => await returnDecision.RunAsync(actor, caseId, new(post.CommandId, post.Words("reason")), ct),
        "planFollowUp" => await plan.RunAsync(actor, caseId, new(post.CommandId, DecisionFields.ReadFollowUp(post, "followUp")), ct),
        "completeFollowUp" => await complete.RunAsync(
            actor, caseId, new(post.CommandId, post.Target ?? Guid.Empty, post.Words("result"), post.Text("dropped") == "true"), ct),
        "reviewCase" => await review.RunAsync(actor, caseId, new(post.CommandId, post.Words("actualMeaning"), post.Words("learning")), ct),
        "reopenCase" => await reopen.RunAsync(actor, caseId, new(post.CommandId, post.Words("reason")), ct),
        _ => null,
    };
}
