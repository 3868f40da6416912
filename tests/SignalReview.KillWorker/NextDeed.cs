using System.Globalization;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.People;
using SignalReview.Workflow;

namespace SignalReview.KillWorker;

/// <summary>What somebody would do next in a case, as it stands.</summary>
internal static class NextDeed
{
    /// <returns>Null when the case only waits for the time to pass, or is over.</returns>
    public static (PersonId Person, string What, string Detail)? For(CaseFile file)
    {
        var (owner, facilitator) = (file.Case.OwnerId, file.Case.FacilitatorId);
        if (file.Phase == CasePhase.Draft)
        {
            return (file.Case.SubmitterId, "submit", Workflow(file.Id));
        }

        if (!file.IsOver && file.Invitations.FirstOrDefault(i => i.State == InvitationState.Invited) is { } invited)
        {
            return (invited.PersonId, "accept", "");
        }

        foreach (var step in file.OpenSteps)
        {
            (PersonId Person, string What, string Detail)? next = step.Activity switch
            {
                "AwaitImmediateDecision" => (owner, "decide", ""),
                "Clarify" => (owner, "clarified", ""),
                "CollectInterpretations" => Reading(file),
                "Compare" => (owner, "compare", ""),
                "Discuss" when facilitator is { } leads => (leads, "open-vote", ""),
                "CollectVotes" => Voting(file),
                "Weigh" => (facilitator ?? owner, "harvest", ""),
                "AskDecision" => (owner, "decide", Approver(file).Value.ToString()),
                "AskApproval" when file.CurrentDecision is { ApproverId: { } approver } => (approver, "approve", ""),
                "FollowUp" => (owner, "review", ""),
                _ => null,
            };
            if (next is not null)
            {
                return next;
            }
        }

        return null;
    }

    /// <summary>The facilitator stops the clock of a step, or lets it run on.</summary>
    public static (PersonId Person, string What, string Detail)? OfTime(CaseFile file, DateTimeOffset now) =>
        file.Case.FacilitatorId is not { } facilitator ? null
        : file.OpenSteps.FirstOrDefault(s => s.PausedAt is not null) is { } paused ? (facilitator, "resume", paused.Node)
        : file.OpenSteps.FirstOrDefault(s => DeadlinePauses.IsPossible(s, now)) is { } running ? (facilitator, "pause", running.Node)
        : null;

    private static (PersonId, string, string)? Reading(CaseFile file)
    {
        var reader = file.Invitations.FirstOrDefault(i => i.Active && file.Interpretations.All(r => r.PersonId != i.PersonId));
        if (reader is not null)
        {
            return (reader.PersonId, "read", "");
        }

        // All who were asked fell away: the coordinator asks somebody by name.
        var free = DemoPeople.All.FirstOrDefault(p =>
            p.Roles.Contains(Role.Worker) && p.Id != file.Case.OwnerId && p.Id != file.Case.SubmitterId && file.Invitations.All(i => i.PersonId != p.Id));
        return free is null ? null : (DemoPeople.All.First(p => p.Roles.Contains(Role.Coordinator)).Id, "invite", free.Id.Value.ToString());
    }

    private static (PersonId, string, string)? Voting(CaseFile file)
    {
        var round = file.CurrentRound!.Round;
        var voters = file.Voters.Where(v => file.BallotsOf(round).All(b => b.PersonId != v)).ToList();
        return voters.Count == 0 ? null : (voters[0], "vote", round.ToString(CultureInfo.InvariantCulture));
    }

    private static PersonId Approver(CaseFile file) => DemoPeople.All
        .Where(p => p.Roles.Contains(Role.Approver) && p.Id != file.Case.OwnerId)
        .OrderBy(p => file.IsActiveReader(p.Id) ? 1 : 0)
        .First().Id;

    private static string Workflow(CaseId id) => (id.Value.ToByteArray()[^2] % 3) switch
    {
        0 => DefinitionLibrary.CollegialConsultation,
        1 => DefinitionLibrary.QuickReading,
        _ => DefinitionLibrary.Urgent,
    };
}
