using SignalReview.Storage;

namespace SignalReview.People;

/// <summary>Reads and writes people and teams.</summary>
internal static class PeopleStore
{
    /// <summary>Everyone, by name; also those who have left, whose names still stand in cases.</summary>
    public static async Task<IReadOnlyList<Person>> AllAsync(DbSession db, CancellationToken ct)
    {
        var people = await db.QueryAsync<PersonRow>("people/all", null, ct);
        var roles = (await db.QueryAsync<RoleRow>("people/roles", null, ct)).ToLookup(r => r.PersonId, r => r.Role);
        var expertise = (await db.QueryAsync<ExpertiseRow>("people/expertise", null, ct)).ToLookup(e => e.PersonId, e => e.Tag);
        return [.. people.Select(p => p.ToPerson(roles[p.PersonId], expertise[p.PersonId]))];
    }

    public static async Task<Person?> FindAsync(DbSession db, PersonId id, CancellationToken ct) =>
        await CompleteAsync(db, await db.FirstOrDefaultAsync<PersonRow>("people/find", new { PersonId = id }, ct), ct);

    /// <param name="subject">The identity provider's name for the person; case matters.</param>
    public static async Task<Person?> FindBySubjectAsync(DbSession db, string subject, CancellationToken ct) =>
        await CompleteAsync(db, await db.FirstOrDefaultAsync<PersonRow>("people/by_subject", new { Subject = subject }, ct), ct);

    public static async Task InsertAsync(DbSession db, Person person, CancellationToken ct)
    {
        await db.ExecuteAsync(
            "people/insert",
            new
            {
                PersonId = person.Id,
                person.Subject,
                DisplayName = person.Name,
                person.JobTitle,
                person.Team,
                person.HoursPerWeek,
                person.CodeFamiliarity,
                person.KnowsLifeworld,
                person.CoreOnly,
                person.Active,
            },
            ct);
        await InsertRolesAsync(db, person.Id, person.Roles, ct);
        foreach (var tag in person.Expertise)
        {
            await db.ExecuteAsync("people/insert_expertise", new { PersonId = person.Id, Tag = tag }, ct);
        }
    }

    public static async Task SetRolesAsync(DbSession db, PersonId id, IReadOnlySet<Role> roles, CancellationToken ct)
    {
        await db.ExecuteAsync("people/delete_roles", new { PersonId = id }, ct);
        await InsertRolesAsync(db, id, roles, ct);
    }

    /// <summary>Inserts the team when there is none of that name; a team that is there keeps its own hours.</summary>
    public static Task EnsureTeamAsync(DbSession db, Team team, CancellationToken ct) =>
        db.ExecuteAsync(
            "people/insert_team", new { Team = team.Name, team.TimeZone, team.DayStart, team.DayEnd, team.Workdays }, ct);

    private static async Task InsertRolesAsync(DbSession db, PersonId id, IReadOnlySet<Role> roles, CancellationToken ct)
    {
        foreach (var role in roles)
        {
            await db.ExecuteAsync("people/insert_role", new { PersonId = id, Role = role }, ct);
        }
    }

    private static async Task<Person?> CompleteAsync(DbSession db, PersonRow? row, CancellationToken ct)
    {
        if (row is null)
        {
            return null;
        }

        var key = new { row.PersonId };
        var roles = await db.QueryAsync<RoleRow>("people/roles_of", key, ct);
        var expertise = await db.QueryAsync<string>("people/expertise_of", key, ct);
        return row.ToPerson(roles.Select(r => r.Role), expertise);
    }

    private sealed record PersonRow
    {
        public PersonId PersonId { get; init; }
        public string Subject { get; init; } = "";
        public string DisplayName { get; init; } = "";
        public string JobTitle { get; init; } = "";
        public string Team { get; init; } = "";
        public int HoursPerWeek { get; init; }
        public string CodeFamiliarity { get; init; } = "";
        public bool KnowsLifeworld { get; init; }
        public bool CoreOnly { get; init; }
        public bool Active { get; init; }

        public Person ToPerson(IEnumerable<Role> roles, IEnumerable<string> expertise) =>
            new(
                PersonId, Subject, DisplayName, JobTitle, Team, HoursPerWeek, CodeFamiliarity, KnowsLifeworld, CoreOnly, Active,
                roles.ToHashSet(), [.. expertise]);
    }

    private sealed record RoleRow
    {
        public PersonId PersonId { get; init; }
        public Role Role { get; init; }
    }

    private sealed record ExpertiseRow
    {
        public PersonId PersonId { get; init; }
        public string Tag { get; init; } = "";
    }
}
