using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Demo;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Storage;
using SignalReview.Web.SignIn;

namespace SignalReview.Benchmarks.Rooms;

/// <summary>
/// Brings cases to an open vote by the commands of the people who would give them. Routing asks three readers; whoever else is to vote is
/// put beside them in the database, as if routing had asked more.
/// </summary>
internal sealed class RoomFactory(IServiceProvider services)
{
    public const string Facilitator = "w12";

    private const int Extra = 210;
    private const string Submitter = "w2";
    private const string Definition = Cycles.CyclePlayer.Definition;

    private readonly DemoCase words = DemoCases.Load().Cases.First(c => c.Workflow == Definition && c.Dissent is null && c.Owner == c.Submitter);
    private readonly TimeProvider time = services.GetRequiredService<TimeProvider>();

    private static PersonId ExtraId(int number) => new(new Guid(string.Create(CultureInfo.InvariantCulture, $"00000000-0000-7000-8000-000000002{number:d3}")));

    public async Task AddPeopleAsync(CancellationToken ct)
    {
        await using (var db = await Get<IDatabase>().BeginAsync(ct))
        {
            for (var number = 1; number <= Extra; number++)
            {
                var subject = string.Create(CultureInfo.InvariantCulture, $"b{number}");
                await PeopleStore.InsertAsync(
                    db,
                    new(ExtraId(number), subject, $"Collega {subject}", "jongerenwerker", "Panel", 0, "", KnowsLifeworld: false, CoreOnly: false, Active: true, new HashSet<Role> { Role.Worker }, []),
                    ct);
            }

            await db.CommitAsync(ct);
        }

        await Get<PeopleDirectory>().RefreshAsync(ct);
    }

    /// <returns>A room whose vote is open, with the tokens of all who vote.</returns>
    public async Task<BenchRoom> OpenAsync(int voters, CancellationToken ct)
    {
        var submitter = await ActorAsync(Submitter, ct);
        var started = Done(await Get<StartSignal>().RunAsync(submitter, new(Id()), ct));
        var id = started.Case;
        Done(await Get<SubmitSignal>().RunAsync(submitter, id, new(Id(), words.SignalAt(time.GetUtcNow()), Definition), ct));
        var readers = (await FileAsync(id, ct)).Invitations.Where(i => i.Active).ToList();
        foreach (var reader in readers)
        {
            Done(await Get<AcceptInvitation>().RunAsync(await ActorAsync(reader.PersonId, ct), id, new(Id()), ct));
        }

        Done(await Get<FinishClarifying>().RunAsync(submitter, id, new(Id()), ct));
        foreach (var (reader, reading) in readers.Zip(words.Readings!))
        {
            Done(await Get<SubmitInterpretation>().RunAsync(await ActorAsync(reader.PersonId, ct), id, new(Id(), reading.Interpretation), ct));
        }

        Done(await Get<FinishComparing>().RunAsync(submitter, id, new(Id(), OpenRoom: true), ct));
        await InviteAsync(id, voters, ct);
        Done(await Get<OpenVote>().RunAsync(await ActorAsync(Facilitator, ct), id, new(Id()), ct));
        return new(id.Value, await TokensAsync(id, ct));
    }

    private async Task InviteAsync(CaseId id, int voters, CancellationToken ct)
    {
        var file = await FileAsync(id, ct);
        var like = file.Invitations[0];
        var now = time.GetUtcNow();
        await using var db = await Get<IDatabase>().BeginAsync(ct);
        var missing = Enumerable.Range(1, Extra).Select(ExtraId).Except(file.Invitations.Select(i => i.PersonId)).Take(voters - file.Voters.Count);
        foreach (var person in missing)
        {
            var row = new { CaseId = id, PersonId = person, like.Near, Conflict = false, InvitedAt = now, like.InvitedEvent, RespondBy = now.AddDays(1) };
            await db.ExecuteAsync("consultations/insert_invitation", row, ct);
            await db.ExecuteAsync("consultations/accept", new { CaseId = id, PersonId = person, Now = now }, ct);
        }

        await db.CommitAsync(ct);
    }

    private async Task<IReadOnlyList<string>> TokensAsync(CaseId id, CancellationToken ct)
    {
        var people = await Get<PeopleDirectory>().GetAsync(ct);
        var demo = Get<DemoSignIn>();
        return [.. (await FileAsync(id, ct)).Voters.Select(voter => demo.Token(people.Find(voter)!).Token)];
    }

    private async Task<CaseFile> FileAsync(CaseId id, CancellationToken ct)
    {
        await using var db = await Get<IDatabase>().OpenReadAsync(ct);
        return await CaseStore.LoadAsync(db, id, ct) ?? throw new InvalidOperationException($"There is no case {id}.");
    }

    private async Task<Actor> ActorAsync(string subject, CancellationToken ct) =>
        await Get<Actors>().FindAsync(subject, "benchmark", ct) ?? throw new InvalidOperationException($"There is no {subject}.");

    private async Task<Actor> ActorAsync(PersonId person, CancellationToken ct) =>
        await ActorAsync((await Get<PeopleDirectory>().GetAsync(ct)).Find(person)!.Subject, ct);

    private static CommandResult Done(CommandResult result) =>
        result.Refusal is { } refusal ? throw new InvalidOperationException($"Refused: {refusal.Code}") : result;

    private Guid Id() => Guid.CreateVersion7(time.GetUtcNow());

    private T Get<T>()
        where T : notnull => services.GetRequiredService<T>();
}
