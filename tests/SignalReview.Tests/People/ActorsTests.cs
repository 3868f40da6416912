using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Workflow;

namespace SignalReview.Tests.People;

internal sealed class ActorsTests
{
    private static readonly HashSet<Role> Coordinator = [Role.Worker, Role.Coordinator];

    [Test]
    public async Task A_known_subject_acts_with_the_roles_that_are_stored()
    {
        await using var world = await CaseWorld.StartAsync();

        var actor = await world.Get<Actors>().FindAsync("w7", "web", CancellationToken.None);

        Assert.That(actor!.Person, Is.EqualTo(DemoPeople.Id(7)));
        Assert.That(actor.Roles, Is.EquivalentTo(new[] { Role.Worker, Role.Approver, Role.Coordinator }));
        Assert.That(actor.Client, Is.EqualTo("web"));
    }

    [Test]
    public async Task Nobody_acts_under_a_subject_that_is_not_known()
    {
        await using var world = await CaseWorld.StartAsync();
        Assert.That(await world.Get<Actors>().FindAsync("W7", "web", CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task Whoever_signs_in_first_becomes_a_worker_without_a_team()
    {
        await using var world = await CaseWorld.StartAsync();

        var actor = await world.Get<Actors>().SignInAsync("auth|42", "Nieuwe Collega", null, "web", CancellationToken.None);

        var person = (await world.Get<PeopleDirectory>().FindAsync(actor!.Person, CancellationToken.None))!;
        Assert.That((person.Name, person.Team, person.Active, person.HoursPerWeek), Is.EqualTo(("Nieuwe Collega", "Unassigned", true, 0)));
        Assert.That(actor.Roles, Is.EquivalentTo(new[] { Role.Worker }));
        Assert.That(await OrganisationEventsAsync(world), Does.Contain("person.added"));
    }

    [Test]
    public async Task A_newcomer_can_work_at_once()
    {
        await using var world = await CaseWorld.StartAsync();
        var actor = await world.Get<Actors>().SignInAsync("auth|42", "Nieuwe Collega", null, "web", CancellationToken.None);

        await world.SubmitAsync(submitter: actor);

        Assert.That((await world.FileAsync()).OpenStep("Clarify")!.DueAt, Is.Not.Null, "counted in the hours of the team that stands in");
    }

    [Test]
    public async Task The_roles_that_the_provider_tells_are_taken_over_for_routing_too()
    {
        await using var world = await CaseWorld.StartAsync();

        var actor = await world.Get<Actors>().SignInAsync("w2", "Joost Verbeek", Coordinator, "web", CancellationToken.None);

        await using var db = await world.Database.OpenReadAsync(CancellationToken.None);
        var stored = await PeopleStore.FindAsync(db, DemoPeople.Id(2), CancellationToken.None);
        Assert.That(actor!.Roles, Is.EquivalentTo(Coordinator));
        Assert.That(stored!.Roles, Is.EquivalentTo(Coordinator));
        Assert.That(await OrganisationEventsAsync(world), Does.Contain("person.roles-changed"));
    }

    [Test]
    public async Task A_provider_that_tells_no_roles_changes_none()
    {
        await using var world = await CaseWorld.StartAsync();

        var actor = await world.Get<Actors>().SignInAsync("w7", "Marit de Groot", null, "web", CancellationToken.None);

        Assert.That(actor!.Is(Role.Coordinator));
        Assert.That(await OrganisationEventsAsync(world), Does.Not.Contain("person.roles-changed"));
    }

    [Test]
    public async Task Somebody_who_has_left_does_not_come_in()
    {
        await using var world = await CaseWorld.StartAsync();
        await using (var db = await world.Database.BeginAsync(CancellationToken.None))
        {
            await db.ExecuteScriptAsync("UPDATE people SET active = 0 WHERE subject = 'w2'", CancellationToken.None);
            await db.CommitAsync(CancellationToken.None);
        }

        Assert.That(await world.Get<Actors>().SignInAsync("w2", "Joost Verbeek", null, "web", CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task Two_first_requests_at_once_make_one_person()
    {
        await using var world = await CaseWorld.StartAsync();
        var actors = world.Get<Actors>();

        var signedIn = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => actors.SignInAsync("auth|42", "Nieuwe Collega", Coordinator, "web", CancellationToken.None))));

        Assert.That(signedIn.Select(a => a!.Person).Distinct().Count(), Is.EqualTo(1));
        Assert.That((await OrganisationEventsAsync(world)).Count(t => t == "person.added"), Is.EqualTo(1));
    }

    [Test]
    public async Task The_directory_shows_a_change_elsewhere_after_its_lifetime_and_a_newcomer_at_once()
    {
        await using var world = await CaseWorld.StartAsync();
        var directory = world.Get<PeopleDirectory>();
        await directory.GetAsync(CancellationToken.None);
        var newcomer = DemoPeople.All[0] with { Id = new(world.NewId()), Subject = "elders", Name = "Van elders" };
        await using (var db = await world.Database.BeginAsync(CancellationToken.None))
        {
            await db.ExecuteScriptAsync("UPDATE people SET display_name = 'Joost de Wit' WHERE subject = 'w2'", CancellationToken.None);
            await PeopleStore.InsertAsync(db, newcomer, CancellationToken.None);
            await db.CommitAsync(CancellationToken.None);
        }

        var before = (await directory.GetAsync(CancellationToken.None)).Ref(DemoPeople.Id(2)).Name;
        world.Time.Advance(TimeSpan.FromSeconds(31));
        var after = (await directory.GetAsync(CancellationToken.None)).Ref(DemoPeople.Id(2)).Name;

        Assert.That((before, after), Is.EqualTo(("Joost Verbeek", "Joost de Wit")));
        Assert.That((await directory.FindAsync(newcomer.Id, CancellationToken.None))!.Name, Is.EqualTo("Van elders"));
    }

    [Test]
    public async Task Seeding_the_demo_twice_changes_nobody()
    {
        await using var world = await CaseWorld.StartAsync();
        await DemoPeople.SeedAsync(world.Database, CancellationToken.None);

        await using var db = await world.Database.OpenReadAsync(CancellationToken.None);
        var people = await PeopleStore.AllAsync(db, CancellationToken.None);

        Assert.That(people.Select(p => p.Subject), Is.EquivalentTo(DemoPeople.All.Select(p => p.Subject)));
        var kofi = people.Single(p => p.Subject == "w9");
        Assert.That((kofi.CoreOnly, kofi.KnowsLifeworld, kofi.Expertise.Count), Is.EqualTo((true, true, 3)));
        foreach (var team in DemoPeople.Teams)
        {
            Assert.That((await TeamHours.LoadAsync(db, team.Name, CancellationToken.None)).Days, Has.Count.EqualTo(5));
        }
    }

    private static async Task<IReadOnlyList<string>> OrganisationEventsAsync(CaseWorld world)
    {
        await using var db = await world.Database.OpenReadAsync(CancellationToken.None);
        return [.. (await db.QueryAsync<TrailRow>("trail/case_events", new { CaseId = CaseId.Organisation }, CancellationToken.None)).Select(e => e.Type)];
    }
}
