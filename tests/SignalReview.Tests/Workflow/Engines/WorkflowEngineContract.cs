using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.Demo;
using SignalReview.People;
using SignalReview.Signals;
using SignalReview.Workflow;

namespace SignalReview.Tests.Workflow.Engines;

/// <summary>
/// What every engine keeps to: the same trail in, the same steps out. Derive once an engine; the paths come from the definitions themselves, so that
/// a new branch is covered by itself.
/// </summary>
internal abstract partial class WorkflowEngineContract
{
    private static readonly Lazy<DefinitionLibrary> Library = new(DefinitionLibrary.Shipped);

    public static IEnumerable<TestCaseData> Definitions() => Library.Value.All.Select(d => new TestCaseData(d.DefinitionId).SetArgDisplayNames(d.DefinitionId));

    /// <summary>Registers the engine.</summary>
    protected abstract void AddEngine(IServiceCollection services, IConfiguration configuration);

    protected Task<EngineWorld> StartAsync(params TestDefinition[] definitions) => EngineWorld.StartAsync(AddEngine, definitions);

    [TestCaseSource(nameof(Definitions))]
    public async Task Every_path_asks_what_the_definition_says(string definitionId)
    {
        await using var engine = await StartAsync();
        var definition = Library.Value[definitionId];
        foreach (var path in FlowPaths.Covering(definition))
        {
            await FollowAsync(engine, definition, path);
        }
    }

    [Test]
    public async Task Parallel_branches_come_together_again()
    {
        var parallel = TestDefinition.Empty()
            .Add("Card", "SignalReview.CallCard")
            .AddWait("Left")
            .AddWait("Right")
            .Add("Both", "Elsa.FlowJoin", ("mode", TestDefinition.Mode("WaitAll")))
            .AddWait("After")
            .Add("End", "Elsa.Finish")
            .Connect("Card", "Done", "Left").Connect("Card", "Done", "Right")
            .Connect("Left", "Decided", "Both").Connect("Right", "Decided", "Both")
            .Connect("Both", "Done", "After").Connect("After", "Decided", "End");
        await using var engine = await StartAsync(parallel);
        var definition = parallel.Read();
        foreach (var path in FlowPaths.Covering(definition))
        {
            await FollowAsync(engine, definition, path);
        }
    }

    [Test]
    public async Task Branches_come_together_again_in_each_turn_of_a_loop()
    {
        var loop = TestDefinition.Empty()
            .Add("Start", "SignalReview.AppointFacilitator")
            .AddWait("Turn")
            .Add("Fork", "SignalReview.CallCard")
            .AddWait("Left")
            .AddWait("Right")
            .Add("Both", "Elsa.FlowJoin", ("mode", TestDefinition.Mode("WaitAll")))
            .Add("Go", "SignalReview.Weigh", ("round", TestDefinition.Literal("Int32", 1)), ("maxRounds", TestDefinition.Literal("Int32", 1)), ("deadlineHours", TestDefinition.Literal("Int32", 8)))
            .Add("End", "Elsa.Finish")
            .Connect("Start", "Done", "Turn").Connect("Turn", "Decided", "Fork")
            .Connect("Fork", "Done", "Left").Connect("Fork", "Done", "Right")
            .Connect("Left", "Decided", "Both").Connect("Right", "Decided", "Both")
            .Connect("Both", "Done", "Go").Connect("Go", "SecondRound", "Turn").Connect("Go", "Deadline", "Turn").Connect("Go", "Harvest", "End");
        await using var engine = await StartAsync(loop);
        var definition = loop.Read();
        foreach (var path in FlowPaths.Covering(definition))
        {
            await FollowAsync(engine, definition, path);
        }
    }

    [Test]
    public async Task The_twelve_demo_cases_play_through()
    {
        await using var world = await CaseWorld.StartAsync(change: AddEngine);
        var play = new DemoPlay(new WorldDoor(world), _ => { });
        foreach (var demo in DemoCases.Load().Cases)
        {
            await play.RunAsync(demo, CasePhase.Closed, CancellationToken.None);
            var file = await world.FileAsync();
            var expected = demo.Stopped is not null ? CasePhase.Stopped : demo.Review is null ? CasePhase.FollowUp : CasePhase.Closed;
            Assert.That(file.Phase, Is.EqualTo(expected), demo.Key);
            Assert.That(file.CurrentDecision?.Outcome, Is.EqualTo(demo.Decision?.Outcome), demo.Key);
            Assert.That(file.Rounds, Has.Count.EqualTo(demo.Rounds?.Count ?? 0), demo.Key);
        }
    }

    [Test]
    public async Task A_replaced_reader_changes_nothing_in_the_flow_and_the_last_reading_goes_on()
    {
        await using var world = await CaseWorld.StartAsync(change: AddEngine);
        await world.InInterpretingAsync();
        var readers = await world.ReadersAsync();
        await world.DoAsync(readers[0], new SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading()));
        var file = await world.FileAsync();
        var substitute = CaseWorld.As(DemoPeople.All.First(p => RoutingRules.MayRead(p, file)).Id);
        await world.DoAsync(world.Coordinator, new ReplaceReaderCommand(world.NewId(), readers[1].Person.Value, substitute.Person.Value, "Ziek"));
        Assert.That((await world.FileAsync()).OpenStep("CollectInterpretations"), Is.Not.Null);

        await world.DoAsync(substitute, new AcceptInvitationCommand(world.NewId()));
        await world.DoAsync(substitute, new SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading()));
        await world.DoAsync(readers[2], new SubmitInterpretationCommand(world.NewId(), CaseWorld.Reading()));
        Assert.That((await world.FileAsync()).Phase, Is.EqualTo(CasePhase.Comparing));
    }

    [Test]
    public async Task A_reopened_case_starts_anew_at_the_decision()
    {
        await using var world = await CaseWorld.StartAsync(change: AddEngine);
        await world.ClosedAsync();
        Assert.That((await world.FileAsync()).OpenSteps, Is.Empty);

        await world.DoAsync(world.Owner, new ReopenCaseCommand(world.NewId(), "Er kwam iets bij."));
        Assert.That((await world.FileAsync()).OpenSteps.Select(s => s.Activity), Is.EqualTo(["AskDecision"]));

        await world.DoAsync(world.Owner, world.Decide());
        await world.DoAsync(world.Approver, new ApproveDecisionCommand(world.NewId(), null));
        Assert.That((await world.FileAsync()).Phase, Is.EqualTo(CasePhase.FollowUp));
    }

    [Test]
    public async Task A_withdrawn_case_asks_nothing_more()
    {
        await using var world = await CaseWorld.StartAsync(change: AddEngine);
        await world.InInterpretingAsync();
        await world.DoAsync(world.Owner, new WithdrawCaseCommand(world.NewId(), "Toch niet nodig."));
        Assert.That((await world.FileAsync()).OpenSteps, Is.Empty);

        var before = (await world.TrailAsync()).Count;
        await world.PassAsync(TimeSpan.FromDays(30));
        Assert.That((await world.TrailAsync()).Skip(before).Select(e => e.Type), Is.Empty);
    }

    /// <summary>Plays a path beside the pure engine and compares each answer.</summary>
    private static async Task FollowAsync(EngineWorld engine, WorkflowDefinition definition, FlowPath path)
    {
        await engine.BeginAsync(definition.DefinitionId, path.Inputs);
        var (state, expected) = EmbeddedFlow.Start(definition, path.Inputs);
        var seen = 0;
        await CompareAsync("start");
        foreach (var step in path.Steps)
        {
            (state, expected) = EmbeddedFlow.Complete(definition, state, step.Completion);
            await engine.CompleteAsync(step.Completion);
            await CompareAsync($"{step}");
        }

        Assert.That(state.Finished, $"{path} does not end");
        Assert.That((await engine.CompletedAsync()).Select(c => $"{c.Node} {c.Outcome}"), Is.EqualTo(path.Steps.Select(s => $"{s.Node} {s.Outcome}")));

        async Task CompareAsync(string after)
        {
            var asked = await engine.AskedAsync();
            Assert.That(asked.Skip(seen).Select(EngineWorld.Text), Is.EquivalentTo(expected.Select(EngineWorld.Text)), $"after {after} of {path}");
            Assert.That(await engine.OpenAsync(), Is.EqualTo(state.Open), $"after {after} of {path}");
            seen = asked.Count;
        }
    }
}
