using SignalReview.Decisions;
using SignalReview.Rooms;

namespace SignalReview.Web.Components.Pages.Cases;

/// <summary>What an owner has written of a decision so far; as a draft, as JSON.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Approver">Who is asked to approve.</param>
public sealed record DecisionDraft(DecisionContent Decision, Guid? Approver)
{
    public DecideCommand Command(Guid id) => new(id, Decision, Approver);
}

/// <summary>A decision as a form: its fields are named as the command's paths.</summary>
internal static class DecisionFields
{
    public const string Outcome = "decision.outcome";
    public const string Facts = "decision.facts";
    public const string Rationale = "decision.rationale";
    public const string Weighing = "decision.weighing";
    public const string DeviationReason = "decision.deviationReason";
    public const string Disclosures = "decision.disclosures";
    public const string ReviewDate = "decision.reviewDate";
    public const string Approver = "approver";

    public static DecisionDraft Read(FormPost post) => new(
        new()
        {
            Outcome = post.Choice<VoteOption>(Outcome),
            Facts = post.Entries(Facts),
            Rationale = post.Text(Rationale),
            Weighing = post.Text(Weighing),
            DeviationReason = post.Text(DeviationReason),
            Disclosures = post.Entries(Disclosures),
            ReviewDate = post.Date(ReviewDate),
            // Left out here already, so that the places in a refusal are those of the form that comes back.
            FollowUps = [.. FollowUpPaths(post).Select(path => ReadFollowUp(post, path)).Where(plan => !IsEmpty(plan))],
        },
        post.Id(Approver));

    public static string FollowUpPath(int place) => $"decision.followUps[{place}]";

    public static FollowUpPlan ReadFollowUp(FormPost post, string path) => new()
    {
        Action = post.Text($"{path}.action"),
        Owner = post.Id($"{path}.owner"),
        Due = post.Date($"{path}.due"),
        Channel = post.Choice<Channel>($"{path}.channel"),
        Theme = post.Choice<FollowUpTheme>($"{path}.theme"),
        Timing = post.Choice<PresenceTiming>($"{path}.timing"),
        OutsideWorkingHours = post.Ticked($"{path}.outsideWorkingHours"),
        ExceptionReason = post.Text($"{path}.exceptionReason"),
    };

    /// <summary>A row of the form that was left as it came is no action. Who would do it is filled in beforehand.</summary>
    private static bool IsEmpty(FollowUpPlan plan) => plan with { Owner = null, Timing = null, Theme = null } == new FollowUpPlan();

    private static IEnumerable<string> FollowUpPaths(FormPost post)
    {
        for (var place = 0; post.Has($"{FollowUpPath(place)}.action"); place++)
        {
            yield return FollowUpPath(place);
        }
    }
}
