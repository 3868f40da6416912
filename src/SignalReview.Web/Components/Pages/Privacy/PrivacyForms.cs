using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Privacy.Erasure;
using SignalReview.Privacy.Holds;
using SignalReview.Storage;
using SignalReview.Web.Components.Pages.Cases;

namespace SignalReview.Web.Components.Pages.Privacy;

/// <summary>Forms about legal holds and erasure. What each is about comes as its target.</summary>
internal sealed class PrivacyForms(
    PlaceHold placeHold,
    LiftHold liftHold,
    RequestErasure request,
    CheckErasure check,
    ApproveErasure approve,
    DeclineErasure decline,
    EraseCase erase)
{
    /// <returns>Null when it is no form of these.</returns>
    public async Task<CommandResult?> SendAsync(Actor actor, CaseId caseId, FormPost post, CancellationToken ct) => post.Action switch
    {
        "placeHold" => await placeHold.RunAsync(
            actor, caseId, new(post.CommandId, post.Choice<HoldGround>("ground"), post.Text("reason"), post.Text("forWhom"), post.Date("until")), ct),
        "liftHold" => await liftHold.RunAsync(actor, caseId, new(post.CommandId, Target(post), post.Text("reason")), ct),
        "requestErasure" => await request.RunAsync(
            actor, caseId, new(post.CommandId, post.Choice<ErasureGround>("ground"), post.Choice<ErasureAskedBy>("askedBy"), post.Text("explanation")), ct),
        "checkErasure" => await check.RunAsync(actor, caseId, new(post.CommandId, Target(post), [.. Enum.GetValues<Interest>().Select(i => Answer(post, i))]), ct),
        "approveErasure" => await approve.RunAsync(actor, caseId, new(post.CommandId, Target(post)), ct),
        "declineErasure" => await decline.RunAsync(actor, caseId, new(post.CommandId, Target(post), post.Text("reason")), ct),
        "eraseCase" => await erase.RunAsync(actor, caseId, new(post.CommandId, Target(post)), ct),
        _ => null,
    };

    /// <summary>How the fields of one interest are named, as its problems name them.</summary>
    public static string PathOf(Interest interest) => $"interests.{Enums.Text(interest)}";

    private static Guid Target(FormPost post) => post.Target ?? Guid.Empty;

    private static InterestCheck Answer(FormPost post, Interest interest) =>
        new(interest, post.Choice<InterestOutcome>($"{PathOf(interest)}.outcome"), post.Text($"{PathOf(interest)}.reasoning"));
}
