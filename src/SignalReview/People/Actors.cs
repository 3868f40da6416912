using System.Data.Common;
using SignalReview.Cases;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.People;

/// <summary>Who somebody is who has signed in.</summary>
internal sealed class Actors(IDatabase database, KeyRing keys, PeopleDirectory directory, TimeProvider time)
{
    /// <param name="subject">As the identity provider vouches for it.</param>
    /// <param name="client">"web", "api", "hub" or "cli".</param>
    /// <param name="ct">The caller's token.</param>
    /// <returns>Null when nobody here has that subject, or they have left.</returns>
    public async ValueTask<Actor?> FindAsync(string subject, string client, CancellationToken ct)
    {
        var people = await directory.GetAsync(ct);
        return (people.Find(subject) ?? (await directory.RefreshAsync(ct)).Find(subject)) is { Active: true } person
            ? new(person.Id, person.Roles, client)
            : null;
    }

    /// <summary>
    /// Takes over what the identity provider tells at a sign-in: somebody new gets a place without a team, as a worker unless roles are
    /// told; somebody known gets the told roles, because routing and appointments look at what is stored.
    /// </summary>
    /// <param name="subject">The provider's lasting name for the person.</param>
    /// <param name="name">Shown to colleagues.</param>
    /// <param name="roles">Null when the provider tells no roles: those stored stay.</param>
    /// <param name="client">"web", "api", "hub" or "cli".</param>
    /// <param name="ct">The caller's token.</param>
    /// <returns>Null when the person has left.</returns>
    public async Task<Actor?> SignInAsync(string subject, string name, IReadOnlySet<Role>? roles, string client, CancellationToken ct)
    {
        var people = await directory.GetAsync(ct);
        if (people.Find(subject) is not { } known || (roles is not null && !roles.SetEquals(known.Roles)))
        {
            try
            {
                await StoreAsync(subject, name, roles, ct);
            }
            catch (DbException e) when (database.IsUniqueViolation(e))
            {
                // Their first two requests came at once: the other one made the row.
                await StoreAsync(subject, name, roles, ct);
            }

            await directory.RefreshAsync(ct);
        }

        return await FindAsync(subject, client, ct);
    }

    private async Task StoreAsync(string subject, string name, IReadOnlySet<Role>? roles, CancellationToken ct)
    {
        var now = time.GetUtcNow().Truncate();
        await using var db = await database.BeginAsync(ct);
        PendingEvent stored;
        if (await PeopleStore.FindBySubjectAsync(db, subject, ct) is { } known)
        {
            if (roles is null || roles.SetEquals(known.Roles))
            {
                return;
            }

            await PeopleStore.SetRolesAsync(db, known.Id, roles, ct);
            stored = Event(now, "person.roles-changed", known.Id, roles);
        }
        else
        {
            var person = new Person(
                new(Guid.CreateVersion7(now)), subject, name, JobTitle: "", Team.Unassigned.Name, HoursPerWeek: 0, CodeFamiliarity: "",
                KnowsLifeworld: false, CoreOnly: false, Active: true, roles ?? new HashSet<Role> { Role.Worker }, []);
            await PeopleStore.EnsureTeamAsync(db, Team.Unassigned, ct);
            await PeopleStore.InsertAsync(db, person, ct);
            stored = Event(now, "person.added", person.Id, person.Roles);
        }

        using var dossier = await Dossier.OpenAsync(db, keys, CaseId.Organisation, ct)
            ?? throw new InvalidOperationException("The organisation has no dossier; the database was not prepared.");
        await TrailLog.AppendAsync(db, dossier, [stored], cause: null, policy: null, now, ct);
        await db.CommitAsync(ct);
    }

    private static PendingEvent Event(DateTimeOffset now, string type, PersonId person, IReadOnlySet<Role> roles) =>
        new(Guid.CreateVersion7(now), type, person, "identityProvider", TrailJson.Canonical(new { person, roles = roles.Order() }));
}
