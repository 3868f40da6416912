using SignalReview.Decisions;

namespace SignalReview.Web.Api;

internal static class DecisionsApi
{
    public static void MapDecisions(this IEndpointRouteBuilder cases)
    {
        cases.MapCommand<Decide, DecideCommand>(
            "decide", "Records the owner's decision and asks for approval.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<AskDissent, AskDissentCommand>(
            "ask-dissent", "Asks somebody who voted otherwise for their own words.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<StateDissent, StateDissentCommand>(
            "state-dissent", "States a dissent in one's own words, and approves them.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<WaiveDissent, WaiveDissentCommand>(
            "waive-dissent", "Makes no statement although one was asked for.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<CloseDissent, CloseDissentCommand>(
            "close-dissent", "The dissenter's last word, once, after the look back.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<ApproveDecision, ApproveDecisionCommand>(
            "approve-decision", "The second pair of eyes approves; never one's own decision.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<ReturnDecision, ReturnDecisionCommand>(
            "return-decision", "Sends a proposal back, or takes it back.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<PlanFollowUp, PlanFollowUpCommand>(
            "plan-follow-up", "Plans one more action.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<CompleteFollowUp, CompleteFollowUpCommand>(
            "complete-follow-up", "Records what came of an action.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<ReviewCase, ReviewCaseCommand>(
            "review-case", "Looks back, and closes the case.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<ReopenCase, ReopenCaseCommand>(
            "reopen-case", "Opens a closed case again.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
    }
}
