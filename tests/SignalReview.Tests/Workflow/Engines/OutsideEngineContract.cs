using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Workflow.Outside;

namespace SignalReview.Tests.Workflow.Engines;

/// <summary>What holds besides for an engine with a storage of its own: whatever happens to that, the case goes on where it stands.</summary>
internal abstract class OutsideEngineContract : WorkflowEngineContract
{
    /// <summary>The engine's storage forgets what an instance waits for.</summary>
    protected abstract Task LoseWaitsAsync(CaseWorld world, string instance);

    /// <summary>The engine's storage calls an instance faulted.</summary>
    protected abstract Task BreakAsync(CaseWorld world, string instance);

    [Test]
    public async Task A_lost_instance_is_started_again_where_the_case_stands() =>
        await HealsAsync((world, instance) => world.Get<IFlowRuntime>().DeleteAsync(instance, CancellationToken.None), Healing.Started);

    [Test]
    public async Task An_instance_that_forgot_its_waits_is_made_again() => await HealsAsync(LoseWaitsAsync, Healing.Remade);

    [Test]
    public async Task A_faulted_instance_is_made_again() => await HealsAsync(BreakAsync, Healing.Remade);

    [Test]
    public async Task A_lost_instance_is_also_noticed_when_the_case_goes_on()
    {
        await using var world = await CaseWorld.StartAsync(change: AddEngine);
        await world.InComparingAsync();
        await world.Get<IFlowRuntime>().DeleteAsync(Instance(world), CancellationToken.None);
        await world.DoAsync(world.Owner, new FinishComparingCommand(world.NewId(), OpenRoom: true));
        Assert.That((await world.FileAsync()).OpenSteps.Select(s => s.Activity), Is.EqualTo(["Discuss"]));
        Assert.That((await world.LastBodyAsync<HealedBody>("workflow.healed")).What, Is.EqualTo(Healing.Started));
    }

    [Test]
    public async Task All_in_order_needs_no_healing()
    {
        await using var world = await CaseWorld.StartAsync(change: AddEngine);
        await world.InVoteAsync();
        Assert.That(await world.Get<FlowReconciler>().CompareAsync(CancellationToken.None), Is.Zero);
        Assert.That(await world.CountAsync("workflow.healed"), Is.Zero);
    }

    [Test]
    public async Task An_instance_that_runs_on_after_its_case_is_cancelled()
    {
        await using var world = await CaseWorld.StartAsync(change: AddEngine);
        await world.InInterpretingAsync();
        await world.DoAsync(world.Owner, new WithdrawCaseCommand(world.NewId(), "Toch niet nodig."));
        Assert.That(await RunningAsync(world), Is.Empty);

        // As a restored backup of the engine's storage has it.
        var runtime = world.Get<IFlowRuntime>();
        await runtime.DeleteAsync(Instance(world), CancellationToken.None);
        var definition = world.Get<SignalReview.Workflow.DefinitionLibrary>()["collegial-consultation"];
        await runtime.StartAsync(Instance(world), definition, FlowPlay.Inputs(), CancellationToken.None);
        Assert.That(await world.Get<FlowReconciler>().CompareAsync(CancellationToken.None), Is.EqualTo(1));
        Assert.That(await RunningAsync(world), Is.Empty);
        Assert.That((await world.LastBodyAsync<HealedBody>("workflow.healed")).What, Is.EqualTo(Healing.Cancelled));
    }

    [Test]
    public async Task A_resume_for_a_wait_that_does_not_exist_changes_nothing()
    {
        await using var world = await CaseWorld.StartAsync(change: AddEngine);
        await world.InInterpretingAsync();
        var runtime = world.Get<IFlowRuntime>();
        var before = (await runtime.FindAsync(Instance(world), CancellationToken.None))!;
        var after = await runtime.ResumeAsync(Instance(world), "there-is-none", new("CollectInterpretations", "AllIn"), CancellationToken.None);
        Assert.That(after.Waits.Select(w => w.Id), Is.EqualTo(before.Waits.Select(w => w.Id)));
        Assert.That((await runtime.FindAsync(Instance(world), CancellationToken.None))!.Waits.Select(w => w.Id), Is.EqualTo(before.Waits.Select(w => w.Id)));
    }

    [Test]
    public async Task A_resume_twice_is_heard_once()
    {
        await using var world = await CaseWorld.StartAsync(change: AddEngine);
        await world.InComparingAsync();
        var runtime = world.Get<IFlowRuntime>();
        var wait = (await runtime.FindAsync(Instance(world), CancellationToken.None))!.Waits.Single();
        var completion = new SignalReview.Workflow.StepCompletion(wait.Step.Node, "Decide");
        var first = await runtime.ResumeAsync(Instance(world), wait.Id, completion, CancellationToken.None);
        var second = await runtime.ResumeAsync(Instance(world), wait.Id, completion, CancellationToken.None);
        Assert.That(first.Waits.Single().Step.Activity, Is.EqualTo("AskDecision"));
        Assert.That(second.Waits.Select(w => w.Id), Is.EqualTo(first.Waits.Select(w => w.Id)));
    }

    [Test]
    public async Task The_embedded_engine_takes_a_running_case_over()
    {
        await using var world = await CaseWorld.StartAsync(change: AddEngine);
        await world.InRoomAsync();
        await using var embedded = await world.AnotherAsync();
        Assert.That((await embedded.FileAsync()).OpenSteps.Select(s => s.Activity), Is.EqualTo(["Discuss"]));
        Assert.That(await embedded.CountAsync("workflow.takenOver"), Is.EqualTo(1));

        await embedded.DoAsync(embedded.Facilitator, new OpenVoteCommand(embedded.NewId()));
        await embedded.VoteAllAsync();
        Assert.That((await embedded.FileAsync()).OpenSteps.Select(s => s.Activity), Is.EqualTo(["Weigh"]));
    }

    [Test]
    public async Task A_case_that_the_embedded_engine_began_stays_with_it()
    {
        await using var embedded = await CaseWorld.StartAsync();
        await embedded.InComparingAsync();
        await using var world = await embedded.AnotherAsync(AddEngine);
        await world.DoAsync(world.Owner, new FinishComparingCommand(world.NewId(), OpenRoom: true));
        Assert.That((await world.FileAsync()).OpenSteps.Select(s => s.Activity), Is.EqualTo(["Discuss"]));
        Assert.That(await RunningAsync(world), Is.Empty);
    }

    protected static string Instance(CaseWorld world) => new FlowRunKey(world.Case, 1).ToString();

    private static async Task<IReadOnlyList<string>> RunningAsync(CaseWorld world)
    {
        List<string> running = [];
        await foreach (var (instance, _) in world.Get<IFlowRuntime>().RunningAsync(CancellationToken.None))
        {
            running.Add(instance);
        }

        return running;
    }

    private async Task HealsAsync(Func<CaseWorld, string, Task> damage, Healing healing)
    {
        await using var world = await CaseWorld.StartAsync(change: AddEngine);
        await world.InVoteAsync();
        await damage(world, Instance(world));
        Assert.That(await world.Get<FlowReconciler>().CompareAsync(CancellationToken.None), Is.EqualTo(1));
        await world.SettleAsync();
        Assert.That((await world.LastBodyAsync<HealedBody>("workflow.healed")).What, Is.EqualTo(healing));
        Assert.That(await world.Get<FlowReconciler>().CompareAsync(CancellationToken.None), Is.Zero);
        Assert.That((await world.FileAsync()).Rounds, Has.Count.EqualTo(1), "no step was carried out again");

        await world.VoteAllAsync();
        Assert.That((await world.FileAsync()).OpenSteps.Select(s => s.Activity), Is.EqualTo(["Weigh"]));
        Assert.That(await world.CountAsync("workflow.healed"), Is.EqualTo(1));
    }

    private sealed record HealedBody(string Engine, int Run, Healing What);
}
