using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
#if ELSA
using Elsa.Workflows;
using Elsa.Workflows.Management;
using Elsa.Workflows.Management.Filters;
using Elsa.Workflows.Runtime;
using Elsa.Workflows.Runtime.Filters;
using SignalReview.Elsa;
using SignalReview.Storage;
using SignalReview.Workflow;
#endif

namespace SignalReview.Tests.Workflow.Engines;

/// <summary>The same contract on Elsa itself.</summary>
[TestFixture]
internal sealed partial class ElsaEngineTests : OutsideEngineContract
{
#if ELSA
    protected override void AddEngine(IServiceCollection services, IConfiguration configuration) =>
        services.AddElsaEngine(configuration, DataFolder.At(configuration["data"]!));

    [Test]
    public async Task Bookmark_rows_that_are_gone_are_not_missed()
    {
        await using var world = await CaseWorld.StartAsync(change: AddEngine);
        await world.InVoteAsync();
        await using (var scope = world.Services.CreateAsyncScope())
        {
            var bookmarks = scope.ServiceProvider.GetRequiredService<IBookmarkStore>();
            Assert.That(await bookmarks.DeleteAsync(new BookmarkFilter { WorkflowInstanceId = Instance(world) }), Is.EqualTo(1));
        }

        await world.VoteAllAsync();
        Assert.That((await world.FileAsync()).OpenSteps.Select(s => s.Activity), Is.EqualTo(["Weigh"]));
        Assert.That(await world.CountAsync("workflow.healed"), Is.Zero);
    }

    [Test]
    public async Task The_toolbox_shows_every_step_in_a_category_of_its_own()
    {
        await using var world = await CaseWorld.StartAsync(change: AddEngine);
        var shown = world.Get<IActivityRegistry>().ListAll().Where(d => d.Category == StepActivityProvider.Category).ToDictionary(d => d.TypeName, StringComparer.Ordinal);
        var steps = StepCatalog.All.Where(s => s.Kind == StepKind.Asked).ToList();
        Assert.That(shown.Keys, Is.EquivalentTo(steps.Select(s => s.Type)));
        foreach (var step in steps)
        {
            var descriptor = shown[step.Type];
            Assert.That(descriptor.Description, Is.EqualTo(step.Description));
            Assert.That(descriptor.Ports.Select(p => p.Name), Is.EqualTo(step.Outcomes.Select(o => o.Name)));
            Assert.That(descriptor.Inputs.Select(i => i.Name), Is.EqualTo(step.Inputs.Select(i => i.Name)));
            Assert.That(descriptor.Outputs.Select(o => o.Name), Is.EqualTo(step.Outputs.Select(o => o.Name)));
        }

        Assert.That(shown["SignalReview.AskApproval"].DisplayName, Is.EqualTo("Ask approval"));
    }

    protected override Task LoseWaitsAsync(CaseWorld world, string instance) => DamageAsync(world, instance, stored => stored.WorkflowState.Bookmarks.Clear());

    protected override Task BreakAsync(CaseWorld world, string instance) => DamageAsync(world, instance, stored =>
    {
        stored.SubStatus = stored.WorkflowState.SubStatus = WorkflowSubStatus.Faulted;
        stored.Status = stored.WorkflowState.Status = WorkflowStatus.Finished;
    });

    private static async Task DamageAsync(CaseWorld world, string instance, Action<global::Elsa.Workflows.Management.Entities.WorkflowInstance> damage)
    {
        await using var scope = world.Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<IWorkflowInstanceStore>();
        var stored = (await store.FindAsync(new WorkflowInstanceFilter { Id = instance }))!;
        damage(stored);
        await store.SaveAsync(stored);
    }
#else
    [OneTimeSetUp]
    public void SayWhyNot() => Assert.Ignore("Built without Elsa: no package source of this machine carries it, or WithElsa=false.");

    protected override void AddEngine(IServiceCollection services, IConfiguration configuration) => throw new NotSupportedException();

    protected override Task LoseWaitsAsync(CaseWorld world, string instance) => throw new NotSupportedException();

    protected override Task BreakAsync(CaseWorld world, string instance) => throw new NotSupportedException();
#endif
}
