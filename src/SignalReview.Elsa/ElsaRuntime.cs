using System.Runtime.CompilerServices;
using System.Text.Json;
using Elsa.Common.Models;
using Elsa.Workflows;
using Elsa.Workflows.Management;
using Elsa.Workflows.Management.Filters;
using Elsa.Workflows.Models;
using Elsa.Workflows.Runtime;
using Elsa.Workflows.Runtime.Filters;
using Elsa.Workflows.Runtime.Messages;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.Workflow;
using SignalReview.Workflow.Outside;

namespace SignalReview.Elsa;

/// <summary>
/// Elsa as an engine outside our transaction. What an instance waits for is read from the instance's own row, which Elsa writes last and
/// at once; its bookmark rows, written before, are not looked at.
/// </summary>
internal sealed class ElsaRuntime(IServiceScopeFactory scopes) : IFlowRuntime
{
    private const int PageSize = 100;

    public static string Version { get; } = typeof(IWorkflowRuntime).Assembly.GetName().Version!.ToString(3);

    /// <inheritdoc />
    public string Name => $"Elsa {Version}";

    /// <inheritdoc />
    public async Task<FlowInstance?> FindAsync(string instance, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var found = await scope.ServiceProvider.GetRequiredService<IWorkflowInstanceStore>().FindAsync(new WorkflowInstanceFilter { Id = instance }, ct);
        return found is null ? null : View(found.Status, found.SubStatus, found.WorkflowState.Bookmarks);
    }

    /// <inheritdoc />
    public async Task<FlowInstance> StartAsync(
        string instance, WorkflowDefinition definition, IReadOnlyDictionary<string, JsonElement> inputs, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await KnowAsync(scope.ServiceProvider, definition, ct);
        var client = await scope.ServiceProvider.GetRequiredService<IWorkflowRuntime>().CreateClientAsync(instance, ct);
        var started = await client.CreateAndRunInstanceAsync(
            new CreateAndRunWorkflowInstanceRequest
            {
                WorkflowDefinitionHandle = WorkflowDefinitionHandle.ByDefinitionVersionId(definition.Id),
                CorrelationId = instance,
                Input = definition.Inputs.ToDictionary(i => i.Name, i => FlowTypes.Read(inputs[i.Name], i.Type)!, StringComparer.Ordinal),
            },
            ct);
        return View(started.Status, started.SubStatus, started.Bookmarks);
    }

    /// <inheritdoc />
    public async Task<FlowInstance> ResumeAsync(string instance, string wait, StepCompletion completion, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var client = await scope.ServiceProvider.GetRequiredService<IWorkflowRuntime>().CreateClientAsync(instance, ct);
        var resumed = await client.RunInstanceAsync(
            new RunWorkflowInstanceRequest
            {
                BookmarkId = wait,
                Input = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    [StepActivity.OutcomeInput] = completion.Outcome,
                    [StepActivity.OutputsInput] = JsonSerializer.Serialize(completion.Outputs ?? new Dictionary<string, JsonElement>()),
                },
            },
            ct);
        return View(resumed.Status, resumed.SubStatus, resumed.Bookmarks);
    }

    /// <inheritdoc />
    public async Task CancelAsync(string instance, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var client = await scope.ServiceProvider.GetRequiredService<IWorkflowRuntime>().CreateClientAsync(instance, ct);
        await client.CancelAsync(ct);

        // Elsa leaves them behind.
        await scope.ServiceProvider.GetRequiredService<IBookmarkStore>().DeleteAsync(new BookmarkFilter { WorkflowInstanceId = instance }, ct);
    }

    /// <inheritdoc />
    public async Task DeleteAsync(string instance, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IBookmarkStore>().DeleteAsync(new BookmarkFilter { WorkflowInstanceId = instance }, ct);
        await scope.ServiceProvider.GetRequiredService<IWorkflowInstanceManager>().DeleteAsync(new WorkflowInstanceFilter { Id = instance }, ct);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<(string Instance, FlowInstance State)> RunningAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<IWorkflowInstanceStore>();
        var running = new WorkflowInstanceFilter { WorkflowStatus = WorkflowStatus.Running };
        for (var skip = 0; ; skip += PageSize)
        {
            var page = await store.FindManyAsync(running, PageArgs.FromRange(skip, PageSize), ct);
            foreach (var instance in page.Items)
            {
                yield return (instance.Id, View(instance.Status, instance.SubStatus, instance.WorkflowState.Bookmarks));
            }

            if (page.Items.Count < PageSize)
            {
                yield break;
            }
        }
    }

    /// <summary>A case that began on an older version is started again on that one, of which there is no file any more.</summary>
    private static async Task KnowAsync(IServiceProvider services, WorkflowDefinition definition, CancellationToken ct)
    {
        var store = services.GetRequiredService<IWorkflowDefinitionStore>();
        if (!await store.AnyAsync(new WorkflowDefinitionFilter { Id = definition.Id }, ct))
        {
            var provider = services.GetServices<IWorkflowsProvider>().OfType<DefinitionProvider>().Single();
            await services.GetRequiredService<IWorkflowDefinitionStorePopulator>().AddAsync(provider.Materialize(definition), ct);
        }
    }

    private static FlowInstance View(WorkflowStatus status, WorkflowSubStatus subStatus, IEnumerable<Bookmark> bookmarks) => new(
        subStatus is WorkflowSubStatus.Cancelled or WorkflowSubStatus.Faulted ? FlowInstanceStatus.Broken
            : status == WorkflowStatus.Finished ? FlowInstanceStatus.Finished
            : FlowInstanceStatus.Running,
        [.. bookmarks.Select(StepActivity.Read)]);
}
