using System.Globalization;
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
    CloseDissent closeDissent,
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
        "stateDissent" => await stateDissent.RunAsync(actor, caseId, new(post.CommandId, post.Words("statement"), post.Ticked("approved")), ct),
        "waiveDissent" => await waiveDissent.RunAsync(actor, caseId, new(post.CommandId), ct),
        "closeDissent" => await closeDissent.RunAsync(actor, caseId, new(post.CommandId, post.Words("word")), ct),
        "approveDecision" => await approve.RunAsync(actor, caseId, new(post.CommandId, post.Text("remark")), ct),
        "returnDecision" => await returnDecision.RunAsync(actor, caseId, new(post.CommandId, post.Words("reason")), ct),
        "planFollowUp" => await plan.RunAsync(actor, caseId, new(post.CommandId, DecisionFields.ReadFollowUp(post, "followUp")), ct),
        "completeFollowUp" => await complete.RunAsync(
            actor, caseId, new(post.CommandId, post.Target ?? Guid.Empty, post.Words("result"), post.Text("dropped") == "true"), ct),
        "reviewCase" => await review.RunAsync(actor, caseId, ReviewOf(post), ct),
        "reopenCase" => await reopen.RunAsync(actor, caseId, new(post.CommandId, post.Words("reason")), ct),
        _ => null,
    };

    private static ReviewCaseCommand ReviewOf(FormPost post) => new(post.CommandId, post.Words("actualMeaning"), post.Words("learning"))
    {
        Dissents = [.. post.Numbered(DissentPath).Select(i => new DissentOutcome(
            post.Id($"{DissentPath(i)}.dissent") ?? Guid.Empty, post.Words($"{DissentPath(i)}.happened")))],
    };

    /// <summary>How the fields of one dissent at the look back are named, as in the command.</summary>
    public static string DissentPath(int place) => $"dissents[{place.ToString(CultureInfo.InvariantCulture)}]";
}
