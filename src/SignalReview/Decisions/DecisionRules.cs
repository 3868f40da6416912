using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;

namespace SignalReview.Decisions;

/// <summary>What a decision must hold, and what it is held against. Pure.</summary>
internal static class DecisionRules
{
    private const int MostFollowUps = 20;

    /// <summary>Whether the outcome departs from what the last revealed round advises. Without a round there is nothing to depart from.</summary>
    public static bool Deviates(CaseFile file, VoteOption? outcome) =>
        outcome is { } decided && file.LastRevealedRound is { } round && VoteRound.Tally(file, round).Departs(decided);

    /// <summary>Readings that were revealed and diverge are weighed in so many words.</summary>
    public static bool NeedsWeighing(CaseFile file) =>
        file.Case.RevealedAt is not null && InterpretationRound.Divergent(file.Interpretations);

    /// <summary>JSON can say null where the contract says that there is something.</summary>
    public static bool IsMalformed(DecisionContent? decision) =>
        decision is not { Facts: not null, Disclosures: not null, FollowUps: not null } || decision.FollowUps.Any(plan => plan is null);

    public static void Check(FieldCheck check, DecisionContent decision, bool deviates, bool needsWeighing, DateOnly today)
    {
        check.Required("decision.outcome", decision.Outcome);
        check.Entries("decision.facts", decision.Facts);
        if (decision.Facts.All(string.IsNullOrWhiteSpace))
        {
            check.Add("decision.facts", "required");
        }

        check.Required("decision.rationale", decision.Rationale);
        Text(check, "decision.weighing", decision.Weighing, needsWeighing);
        Text(check, "decision.deviationReason", decision.DeviationReason, deviates);
        check.Entries("decision.disclosures", decision.Disclosures);
        check.Required("decision.reviewDate", decision.ReviewDate);
        if (decision.ReviewDate < today)
        {
            check.Add("decision.reviewDate", "inPast");
        }
    }

    /// <summary>Somebody else's eyes: an active approver, who neither decides nor owns the case.</summary>
    public static void CheckApprover(FieldCheck check, CaseFile file, PersonId decider, Guid? asked, Person? approver)
    {
        if (asked is null)
        {
            check.Add("approver", "required");
        }
        else if (approver is not { Active: true })
        {
            check.Add("approver", "unknown");
        }
        else if (approver.Id == decider || approver.Id == file.Case.OwnerId)
        {
            check.Add("approver", "self");
        }
        else if (!approver.Roles.Contains(Role.Approver))
        {
            check.Add("approver", "notApprover");
        }
    }

    public static void CheckFollowUps(FieldCheck check, IReadOnlyList<FollowUpPlan> plans, IReadOnlySet<Guid> colleagues)
    {
        if (plans.Count > MostFollowUps)
        {
            check.Add("decision.followUps", "tooMany");
        }

        for (var i = 0; i < plans.Count; i++)
        {
            CheckFollowUp(check, $"decision.followUps[{i}]", plans[i], colleagues);
        }
    }

    public static void CheckFollowUp(FieldCheck check, string path, FollowUpPlan plan, IReadOnlySet<Guid> colleagues)
    {
        check.Required(path + ".action", plan.Action);
        check.Required(path + ".due", plan.Due);
        if (plan.Owner is not { } owner)
        {
            check.Add(path + ".owner", "required");
        }
        else if (!colleagues.Contains(owner))
        {
            check.Add(path + ".owner", "unknown");
        }

        // The norm is not 24/7; an exception is allowed, with its reason.
        Text(check, path + ".exceptionReason", plan.ExceptionReason, plan.OutsideWorkingHours);
    }

    private static void Text(FieldCheck check, string path, string? value, bool required)
    {
        if (required)
        {
            check.Required(path, value);
        }
        else
        {
            check.Lengths(path, value);
        }
    }
}
