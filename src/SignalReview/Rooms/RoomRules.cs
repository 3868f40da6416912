using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;

namespace SignalReview.Rooms;

/// <summary>Who may do what in a room. Pure, but for <see cref="AcceptAsync"/>.</summary>
internal static class RoomRules
{
    /// <summary>The facilitator leads the room, and who does so beside them; the owner does where there is none.</summary>
    public static bool Leads(CaseFile file, PersonId person) =>
        file.Case.FacilitatorId is null ? file.Case.OwnerId == person : file.Facilitates(person);

    /// <summary>As what the leader of the room leads it.</summary>
    public static CaseRole LeadsAs(CaseFile file) => file.Case.FacilitatorId is null ? CaseRole.Owner : CaseRole.Facilitator;

    /// <summary>As what somebody takes part: their nearest tie to the case.</summary>
    public static CaseRole TakesPartAs(CaseFile file, PersonId person) =>
        file.Case.OwnerId == person ? CaseRole.Owner
        : file.Case.SubmitterId == person ? CaseRole.Submitter
        : file.IsActiveReader(person) ? CaseRole.Reader
        : CaseRole.Facilitator;

    public static bool IsOpen(CaseFile file) =>
        file is { Phase: CasePhase.Room, Room: { RoomPhase: not RoomPhase.Harvested } };

    /// <summary>Who takes part has accepted: otherwise the invitation would expire and take the person out of the room.</summary>
    public static async Task AcceptAsync(Work work, CancellationToken ct)
    {
        if (work.File.Invitation(work.Me) is { State: InvitationState.Invited })
        {
            await work.ExecuteAsync("consultations/accept", new { CaseId = work.Case, PersonId = work.Me, work.Now }, ct);
            await work.ExecuteAsync("workflow/cancel_person_deadlines", new { CaseId = work.Case, PersonId = work.Me, work.Now }, ct);
        }
    }
}
