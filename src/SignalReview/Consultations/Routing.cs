using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Workflow;

namespace SignalReview.Consultations;

/// <summary>
/// Finds colleagues for a case: by expertise, load and hours; never the submitter; always at least one who knows the lifeworld and one
/// who does not. Why each was chosen is recorded.
/// </summary>
internal sealed class Routing
{
    /// <returns>False when fewer than <paramref name="count"/> readers are active afterwards.</returns>
    public async Task<bool> InviteAsync(Work work, int count, int acceptWithinHours, CancellationToken ct)
    {
        var candidates = await CandidatesAsync(work, ct);
        var active = work.File.Invitations.Where(i => i.Active).ToList();
        var near = active.Count(i => i.Near);
        var far = active.Count - near;
        var calendar = await TeamHours.LoadAsync(work.Db, work.File.Case.Team, ct);
        var respondBy = WorkingTime.Add(calendar, work.Now, TimeSpan.FromHours(acceptWithinHours));
        while (near + far < count && RoutingRules.Next(candidates, near, far, count) is { } chosen)
        {
            candidates.Remove(chosen);
            await InviteAsync(work, chosen.Person.Id, chosen.Near, chosen.Reasons, respondBy, ct);
            near += chosen.Near ? 1 : 0;
            far += chosen.Near ? 0 : 1;
        }

        return near + far >= count;
    }

    /// <summary>Invites somebody in the place of one who fell away; true when somebody was found.</summary>
    public async Task<bool> ReplaceAsync(Work work, CancellationToken ct)
    {
        var file = await work.ReloadAsync(ct);
        var wanted = file!.Invitations.Count(i => i.Active) + 1;
        return await InviteAsync(work, wanted, RoutingRules.DefaultAcceptHours, ct);
    }

    /// <summary>Invites a colleague whom somebody named, with their reason.</summary>
    public static async Task InviteNamedAsync(Work work, Person person, string reason, CancellationToken ct)
    {
        var calendar = await TeamHours.LoadAsync(work.Db, work.File.Case.Team, ct);
        var respondBy = WorkingTime.Add(calendar, work.Now, TimeSpan.FromHours(RoutingRules.DefaultAcceptHours));
        await InviteAsync(work, person.Id, RoutingRules.IsNear(person, work.File), [$"named: {reason}"], respondBy, ct);
    }

    /// <summary>Names a facilitator: somebody who may lead rooms, is not the submitter and leads fewest now.</summary>
    public async Task AppointFacilitatorAsync(Work work, CancellationToken ct)
    {
        var file = work.File;
        if (file.Case.FacilitatorId is not null)
        {
            return;
        }

        var load = await LoadAsync(work.Db, "consultations/facilitator_load", ct);
        var chosen = (await PeopleStore.AllAsync(work.Db, ct))
            .Where(p => p.Active && p.Roles.Contains(Role.Facilitator) && p.Id != file.Case.SubmitterId && p.Id != file.Case.OwnerId)
            .OrderBy(p => load.GetValueOrDefault(p.Id))
            .ThenBy(p => p.Roles.Contains(Role.Approver)) // leave approvers free to approve
            .ThenBy(p => p.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        if (chosen is not null)
        {
            await work.ExecuteAsync("consultations/set_facilitator", new { CaseId = work.Case, FacilitatorId = chosen.Id }, ct);
            work.AppendAsSystem("facilitator.appointed", new { person = chosen.Id, reason = "fewest open rooms" });
        }
    }

    private static async Task InviteAsync(
        Work work, PersonId person, bool near, IReadOnlyList<string> reasons, DateTimeOffset respondBy, CancellationToken ct)
    {
        var eventId = work.AppendAsSystem("reader.invited", new InvitedBody(person, near, reasons));
        await work.ExecuteAsync(
            "consultations/insert_invitation",
            new { CaseId = work.Case, PersonId = person, Near = near, Conflict = false, InvitedAt = work.Now, InvitedEvent = eventId, RespondBy = respondBy },
            ct);
        await OpenSteps.AddDeadlineAsync(work, DeadlineKind.Invitation, null, person, respondBy, ct);
    }

    private static async Task<List<Candidate>> CandidatesAsync(Work work, CancellationToken ct)
    {
        var file = work.File;
        var load = await LoadAsync(work.Db, "consultations/reader_load", ct);
        return [.. (await PeopleStore.AllAsync(work.Db, ct))
            .Where(p => RoutingRules.MayRead(p, file))
            .Select(p => RoutingRules.Weigh(p, file, load.GetValueOrDefault(p.Id)))];
    }

    private static async Task<Dictionary<PersonId, int>> LoadAsync(DbSession db, string query, CancellationToken ct) =>
        (await db.QueryAsync<LoadRow>(query, new { }, ct)).ToDictionary(r => r.PersonId, r => r.OpenCases);

    private sealed record LoadRow
    {
        public PersonId PersonId { get; init; }
        public int OpenCases { get; init; }
    }
}

/// <summary>The body of <c>reader.invited</c>.</summary>
internal sealed record InvitedBody(PersonId Person, bool Near, IReadOnlyList<string> Reasons);
