using SignalReview.Cases;
using SignalReview.Decisions;
using SignalReview.People;
using SignalReview.Rooms;

namespace SignalReview.Consultations;

/// <summary>On whom an open step waits, told so that nobody learns from it who has handed in a reading or a vote. Pure.</summary>
internal static class BlindViewWaits
{
    public static IReadOnlyList<PersonId> On(CaseFile file, OpenStepRow step) => step.Activity switch
    {
        "AwaitImmediateDecision" or "Compare" or "AskDecision" => [file.Case.OwnerId],
        "Clarify" => Clarifying(file),
        "CollectInterpretations" => [.. file.Invitations.Where(i => i.Active).Select(i => i.PersonId)], // in or not: all of them
        "Discuss" => [Leader(file)],
        "CollectVotes" => file.Voters,
        "Weigh" => [.. new[] { Leader(file), file.Case.OwnerId }.Distinct()],
        "AskApproval" => Approving(file),
        "FollowUp" => [.. file.FollowUps.Where(f => f.State == FollowUpState.Planned).Select(f => f.OwnerId).Append(file.Case.OwnerId).Distinct()],
        _ => [],
    };

    /// <summary>The kinds of people a step waits for, where not even their names are shown.</summary>
    public static IReadOnlyList<CaseRole> RolesOn(string activity) => activity switch
    {
        "AwaitImmediateDecision" or "Compare" or "AskDecision" or "FollowUp" => [CaseRole.Owner],
        "Clarify" => [CaseRole.Submitter, CaseRole.Reader],
        "CollectInterpretations" => [CaseRole.Reader],
        "Discuss" => [CaseRole.Facilitator],
        "CollectVotes" => [CaseRole.Submitter, CaseRole.Reader],
        "Weigh" => [CaseRole.Owner, CaseRole.Facilitator],
        "AskApproval" => [CaseRole.Approver],
        _ => [],
    };

    private static PersonId Leader(CaseFile file) => file.Case.FacilitatorId ?? file.Case.OwnerId;

    private static IReadOnlyList<PersonId> Clarifying(CaseFile file)
    {
        var readers = file.Invitations.Where(i => i is { Active: true, ReadyAt: null }).Select(i => i.PersonId);
        return [.. file.Questions.Any(q => q.AnsweredAt is null) ? readers.Prepend(file.Case.SubmitterId) : readers];
    }

    private static IReadOnlyList<PersonId> Approving(CaseFile file)
    {
        if (DissentRules.IsPending(file))
        {
            return [.. file.Dissents.Where(d => d.State == DissentState.Asked && file.Voters.Contains(d.PersonId)).Select(d => d.PersonId)];
        }

        return file.CurrentDecision?.ApproverId is { } approver ? [approver] : [];
    }
}
