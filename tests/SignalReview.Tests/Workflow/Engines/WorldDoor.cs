using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Demo;
using SignalReview.People;

namespace SignalReview.Tests.Workflow.Engines;

/// <summary>Plays the demo in a test's world, which lets the engine settle after each command.</summary>
internal sealed class WorldDoor(CaseWorld world) : IDemoDoor
{
    public DateTimeOffset Now => world.Now;

    public Guid IdOf(string subject) => Person(subject).Id.Value;

    public string SubjectOf(Guid person) => DemoPeople.All.Single(p => p.Id.Value == person).Subject;

    public async Task<CaseId> StartAsync(string subject, CancellationToken ct)
    {
        await world.DraftAsync(ActorOf(subject));
        return world.Case;
    }

    public async Task SendAsync<TCommand>(string subject, CaseId caseId, TCommand command, CancellationToken ct)
        where TCommand : ICommand
    {
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.DoAsync(ActorOf(subject), command);
    }

    public async Task<CaseView> ViewAsync(string subject, CaseId caseId, CancellationToken ct)
    {
        var (view, refusal) = await world.Get<CaseReads>().ReadAsync(ActorOf(subject), caseId, "test", ct);
        return view ?? throw new DemoFailedException($"{subject} may not see case {caseId}: {refusal?.Code}.");
    }

    private static Actor ActorOf(string subject)
    {
        var person = Person(subject);
        return new(person.Id, person.Roles, "test");
    }

    private static Person Person(string subject) => DemoPeople.All.Single(p => p.Subject == subject);
}
