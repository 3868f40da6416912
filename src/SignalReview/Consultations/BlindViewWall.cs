using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Rooms.Wall;
using SignalReview.Signals;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Consultations;

// The screen for the wall. Who leads the room puts it up, and everyone in the room reads it: it holds what the least informed of them may know.
internal sealed partial class BlindView
{
    /// <returns>Null: there is no such screen for this viewer.</returns>
    public static async Task<WallView?> WallAsync(
        DbSession db, Dossier dossier, CaseFile file, Actor actor, PeopleSnapshot people, CancellationToken ct)
    {
        if (!MayPutUpWall(file, actor, people))
        {
            return null;
        }

        // Of all that people wrote only the question is opened.
        var opened = await BlindViewBodies.OpenAsync(db, dossier, [file.Case.SubmissionEvent], ct);
        var signal = opened.Find<SignalSubmission>(file.Case.SubmissionEvent);
        return new BlindView(file, actor.Person, SightOf(file, actor, people), opened, people).Wall(file.Room!, signal);
    }

    public static bool MayPutUpWall(CaseFile file, Actor actor, PeopleSnapshot people) =>
        file.Room is not null && RoomRules.Leads(file, actor.Person) && SightOf(file, actor, people).Messages;

    private WallView Wall(RoomRow room, SignalSubmission? signal)
    {
        var voting = file.OpenStep("CollectVotes") is not null && file.CurrentRound is { RevealedAt: null } ? file.CurrentRound : null;
        return new(file.Id, file.Case.Seq, room.RoomPhase, room.Round, room.PhaseEndsAt)
        {
            PhaseTitle = file.MethodPhase?.Title,
            PhaseText = file.MethodPhase?.Text,
            Question = signal is null ? null : WallWords.WithoutSubjects(signal),
            Votes = voting is null ? null : new(file.BallotsOf(voting.Round).Count(), file.Voters.Count),
            VoteUntil = voting?.DueAt,
            Hands = [.. file.Hands.Select(h => WallWords.FirstName(Ref(h.PersonId).Name))],
            Floor = room.FloorId is { } floor ? WallWords.FirstName(Ref(floor).Name) : null,
            Tally = file.LastRevealedRound is { } last ? VoteRound.Tally(file, last) : null,
        };
    }
}
