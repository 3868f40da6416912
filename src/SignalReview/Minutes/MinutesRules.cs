using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms;

namespace SignalReview.Minutes;

/// <summary>Who may do what with the minutes. Pure.</summary>
internal static class MinutesRules
{
    /// <summary>Once the room is closed the owner can finish what a facilitator who has left did not.</summary>
    public static bool MayWrite(CaseFile file, PersonId person) =>
        RoomRules.Leads(file, person) || (file.Case.OwnerId == person && IsRoomClosed(file));

    public static CaseRole WritesAs(CaseFile file, PersonId person) => RoomRules.Leads(file, person) ? RoomRules.LeadsAs(file) : CaseRole.Owner;

    /// <summary>There are minutes as soon as there is a room; also of a case that was closed since. What was withdrawn or stopped is left alone.</summary>
    public static bool AreOpen(CaseFile file) => file.Room is not null && file.Phase is not (CasePhase.Withdrawn or CasePhase.Stopped);

    public static bool IsRoomClosed(CaseFile file) => file.Room is { RoomPhase: RoomPhase.Harvested };

    /// <summary>The version that lies for approval.</summary>
    public static MinutesVersionRow? Proposed(CaseFile file) => file.MinutesVersions.FirstOrDefault(v => v.State == MinutesState.Proposed);

    /// <summary>The version that stands: the last that was fixed.</summary>
    public static MinutesVersionRow? Standing(CaseFile file) => file.MinutesVersions.LastOrDefault(v => v.State == MinutesState.Fixed);

    public static IEnumerable<MinutesAnswerRow> AnswersTo(CaseFile file, int version) => file.MinutesAnswers.Where(a => a.Number == version);

    /// <summary>Those who were there and are still in the case, but for who proposes: proposing is approving.</summary>
    public static IReadOnlyList<PersonId> Asked(CaseFile file, PersonId proposer) =>
        [.. file.Attendance.Select(a => a.PersonId).Where(p => p != proposer && file.MayEnterRoom(p))];

    /// <summary>Nobody who can still answer has not approved; who left the case since is not waited for.</summary>
    public static bool AllApprove(CaseFile file, int version) =>
        AnswersTo(file, version).Where(a => file.MayEnterRoom(a.PersonId)).All(a => a.Agrees == true);

    /// <summary>The last text of each section; a text that was made empty is none.</summary>
    public static IReadOnlyList<MinutesNoteRow> LatestNotes(CaseFile file) =>
        [.. file.MinutesNotes.GroupBy(n => n.Section).Select(g => g.MaxBy(n => n.Number)!).OrderBy(n => n.Section)];

    public static bool MayAnswer(CaseFile file, PersonId person, DateTimeOffset now) =>
        AreOpen(file)
        && Proposed(file) is { } version
        && now <= version.DueAt
        && file.MayEnterRoom(person)
        && AnswersTo(file, version.Number).Any(a => a.PersonId == person);
}
