using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Decisions;

namespace SignalReview.Workflow;

/// <summary>Carries out one asked step in the product.</summary>
internal delegate Task RunStep(Work work, AskedStep step, CancellationToken ct);

/// <summary>Between the use cases and the engine: tells it what is complete, and has carried out what it asks next.</summary>
internal sealed class WorkflowDriver(IWorkflowEngine engine, RunStep run)
{
    /// <summary>More steps than any sensible definition takes without waiting: a loop that never waits is a fault, not a hang.</summary>
    private const int MostSteps = 200;

    public async Task StartAsync(Work work, string definitionId, IReadOnlyDictionary<string, JsonElement> inputs, CancellationToken ct)
    {
        var started = await engine.StartAsync(work, definitionId, inputs, ct);
        await work.ExecuteAsync(
            "workflow/pin_definition", new { CaseId = work.Case, Workflow = started.Policy, WorkflowSha256 = started.Sha256 }, ct);
        await RunAsync(work, started.Asked, ct);
    }

    public async Task RestartAsync(Work work, IReadOnlyDictionary<string, JsonElement> inputs, CancellationToken ct) =>
        await RunAsync(work, await engine.RestartAsync(work, inputs, ct), ct);

    public async Task CancelAsync(Work work, CancellationToken ct)
    {
        await engine.CancelAsync(work, ct);
        await work.ExecuteAsync("workflow/delete_open_steps", new { CaseId = work.Case }, ct);
        await work.ExecuteAsync("workflow/cancel_case_deadlines", new { CaseId = work.Case, work.Now }, ct);
    }

    /// <summary>Carries out what was asked: by the engine in the same transaction, or by one outside it, later.</summary>
    public async Task RunAsync(Work work, IReadOnlyList<AskedStep> asked, CancellationToken ct)
    {
        foreach (var step in asked)
        {
            await work.ReloadAsync(ct);
            await run(work, step, ct);
        }
    }

    public async Task DriveAsync(Work work, CancellationToken ct)
    {
        for (var taken = 0; work.TryTakeCompletion(out var completion, out var wasOpen); taken++)
        {
            if (taken == MostSteps)
            {
                throw new InvalidOperationException($"The workflow of case {work.Case} went on for {MostSteps} steps without waiting.");
            }

            // Another completion of the same step may have come first: the row count decides.
            if (wasOpen && !await CloseStepAsync(work, completion.Node, ct))
            {
                continue;
            }

            work.AppendAsSystem("step.completed", completion);
            await DecisionSteps.SettleAsync(work, completion.Outcome, ct);
            await RunAsync(work, await engine.AdvanceAsync(work, completion, ct), ct);
        }
    }

    private static async Task<bool> CloseStepAsync(Work work, string node, CancellationToken ct)
    {
        if (await work.ExecuteAsync("workflow/delete_open_step", new { CaseId = work.Case, Node = node }, ct) == 0)
        {
            return false;
        }

        await work.ExecuteAsync("workflow/cancel_step_deadlines", new { CaseId = work.Case, Node = node, work.Now }, ct);
        return true;
    }
}
