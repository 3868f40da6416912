using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Rooms;

/// <summary>Who may hear of a case at this moment. Asked anew each time something is told: who has lost access hears nothing more.</summary>
/// <param name="Followers">May know where the case is: everyone who knows of it.</param>
/// <param name="Members">May also hear what is said in the room, and who is there.</param>
/// <param name="Messages">What was said, as each of the members may read it.</param>
internal sealed record RoomAudience(
    IReadOnlySet<PersonId> Followers, IReadOnlySet<PersonId> Members, IReadOnlyList<HeardMessage> Messages);

/// <summary>A message, and those who read it in these words.</summary>
internal sealed record HeardMessage(MessageView Message, IReadOnlyList<PersonId> Readers);

/// <param name="Follows">Knows of the case.</param>
/// <param name="IsMember">May enter its room.</param>
/// <param name="ShouldJoin">May enter now, and never has.</param>
/// <param name="Seq">Where the case is.</param>
internal readonly record struct RoomSeat(bool Follows, bool IsMember, bool ShouldJoin, long Seq);

/// <summary>Finds out who may hear what, by the same sight that makes the views.</summary>
internal sealed class RoomAudiences(IDatabase database, KeyRing keys, PeopleDirectory directory)
{
    public async Task<RoomSeat> SeatOfAsync(Actor actor, CaseId caseId, CancellationToken ct)
    {
        var people = await directory.GetAsync(ct);
        await using var db = await database.OpenReadAsync(ct);
        if (await CaseStore.LoadAsync(db, caseId, ct) is not { } file)
        {
            return default;
        }

        var sight = BlindView.SightOf(file, actor, people);
        var joined = file.Attendance.Any(a => a.PersonId == actor.Person);
        return new(sight.KnowsOfCase, sight.Messages, sight.Messages && RoomRules.IsOpen(file) && !joined, file.Case.Seq);
    }

    /// <param name="caseId">The case.</param>
    /// <param name="message">The event of something that was said, to be told with it; or null.</param>
    /// <param name="ct">The caller's token.</param>
    /// <returns>Null when there is no such case.</returns>
    public async Task<RoomAudience?> FindAsync(CaseId caseId, Guid? message, CancellationToken ct)
    {
        var people = await directory.GetAsync(ct);
        await using var db = await database.OpenReadAsync(ct);
        if (await CaseStore.LoadAsync(db, caseId, ct) is not { } file)
        {
            return null;
        }

        var seen = people.All.Where(p => p.Active)
            .Select(p => new Actor(p.Id, p.Roles, "hub"))
            .Select(actor => (Actor: actor, Sight: BlindView.SightOf(file, actor, people)))
            .Where(s => s.Sight.KnowsOfCase)
            .ToList();
        var members = seen.Where(s => s.Sight.Messages).ToList();
        var told = message is { } id ? await MessagesAsync(db, file, [.. members.Select(m => m.Actor)], people, id, ct) : [];
        return new(seen.Select(s => s.Actor.Person).ToHashSet(), members.Select(m => m.Actor.Person).ToHashSet(), told);
    }

    /// <summary>Nearly everyone reads the same words; a viewer of the core does not meet the pseudonym.</summary>
    private async Task<IReadOnlyList<HeardMessage>> MessagesAsync(
        DbSession db, CaseFile file, IReadOnlyList<Actor> members, PeopleSnapshot people, Guid eventId, CancellationToken ct)
    {
        using var dossier = await Dossier.OpenAsync(db, keys, file.Id, ct)
            ?? throw new InvalidOperationException($"Case {file.Id} has no dossier.");
        var heard = new List<(PersonId Reader, MessageView Message)>();
        foreach (var member in members)
        {
            if (await BlindView.MessageAsync(db, dossier, file, member, people, eventId, ct) is { } message)
            {
                heard.Add((member.Person, message));
            }
        }

        return [.. heard.GroupBy(h => h.Message, h => h.Reader).Select(g => new HeardMessage(g.Key, [.. g]))];
    }
}
