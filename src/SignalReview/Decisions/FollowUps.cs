using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Decisions;

/// <summary>Writes actions. What is to be done stands in the body of each action's own event.</summary>
internal static class FollowUps
{
    /// <summary>Of those who are named as owners, the ones who work here.</summary>
    public static async Task<IReadOnlySet<Guid>> ColleaguesAsync(Work work, IEnumerable<FollowUpPlan> plans, CancellationToken ct)
    {
        var found = new HashSet<Guid>();
        foreach (var owner in plans.Select(p => p.Owner).OfType<Guid>().Distinct())
        {
            if (await PeopleStore.FindAsync(work.Db, new PersonId(owner), ct) is { Active: true })
            {
                found.Add(owner);
            }
        }

        return found;
    }

    /// <returns>The action's id.</returns>
    public static async Task<Guid> AddAsync(Work work, FollowUpPlan plan, FollowUpState state, CancellationToken ct)
    {
        // One id for the action and its event: what points at the action in the trail can be followed.
        var eventId = work.Append("followup.planned", CaseRole.Owner, plan);
        await work.ExecuteAsync(
            "decisions/insert_follow_up",
            new
            {
                FollowUpId = eventId,
                CaseId = work.Case,
                EventId = eventId,
                OwnerId = new PersonId(plan.Owner!.Value),
                DueOn = plan.Due!.Value,
                plan.Channel,
                plan.Theme,
                plan.Timing,
                OutsideHours = plan.OutsideWorkingHours,
                State = state,
            },
            ct);
        return eventId;
    }
}
