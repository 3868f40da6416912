using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Cli.Demo;
using SignalReview.Consultations;
using SignalReview.Demo;
using SignalReview.People;
using SignalReview.Signals;

namespace SignalReview.Tests.Privacy;

/// <summary>Plays the demo's cases with a mark behind everything that anybody writes.</summary>
internal sealed class MarkedDoor(CaseWorld world, Marks marks) : IDemoDoor
{
    public DateTimeOffset Now => world.Now;

    public Guid IdOf(string subject) => Person(subject).Id.Value;

    public string SubjectOf(Guid person) => DemoPeople.All.Single(p => p.Id.Value == person).Subject;

    public async Task<CaseId> StartAsync(string subject, CancellationToken ct)
    {
        var started = await world.Get<StartSignal>().RunAsync(ActorOf(subject), new(world.NewId()), ct);
        started.ShouldBeDone();
        return started.Case;
    }

    public async Task SendAsync<TCommand>(string subject, CaseId caseId, TCommand command, CancellationToken ct)
        where TCommand : ICommand
    {
        world.Time.Advance(TimeSpan.FromMinutes(5));
        await world.On(caseId).DoAsync(ActorOf(subject), marks.Plant(command));
    }

    /// <summary>Without the marks: the demo finds what it looks for by its words.</summary>
    public async Task<CaseView> ViewAsync(string subject, CaseId caseId, CancellationToken ct)
    {
        var read = await world.Get<CaseReads>().ReadAsync(ActorOf(subject), caseId, "demo", ct);
        var json = JsonSerializer.Serialize(read.View, ViewJson.Options);
        var marked = JsonSerializer.Serialize($" {Marks.Text()}", ViewJson.Options)[1..^1];
        return JsonSerializer.Deserialize<CaseView>(json.Replace(marked, "", StringComparison.Ordinal), ViewJson.Options)
            ?? throw new InvalidOperationException($"{subject} sees nothing of case {caseId}.");
    }

    private static Person Person(string subject) => DemoPeople.All.Single(p => p.Subject == subject);

    private static Actor ActorOf(string subject) => CaseWorld.As(Person(subject).Id);
}
