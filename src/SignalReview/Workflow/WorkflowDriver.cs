using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Decisions;

namespace SignalReview.Workflow;

/// <summary>Hands completed steps to the engine and carries out what it asks for, until it only waits.</summary>
internal sealed class WorkflowDriver(IWorkflowEngine engine, StepRunner steps)
{
    /// <summary>More steps than any sensible definition takes without waiting: a loop that never waits is a fault, not a hang.</summary>
    private const int MostSteps = 200;

    public async Task StartAsync(Work work, string definitionId, IReadOnlyDictionary<string, JsonElement> inputs, CancellationToken ct)
    {
        var started = await engine.StartAsync(work, definitionId, inputs, ct);
        await work.ExecuteAsync(
            "workflow/pin_definition", new { CaseId = work.Case, Workflow = started.Policy, WorkflowSha256 = started.Sha256 }, ct);
        await ApplyAsync(work, started.Asked, ct);
    }

    public async Task RestartAsync(Work work, IReadOnlyDictionary<string, JsonElement> inputs, CancellationToken ct) =>
        await ApplyAsync(work, await engine.RestartAsync(work, inputs, ct), ct);

    public async Task CancelAsync(Work work, CancellationToken ct)
    {
        await engine.CancelAsync(work, ct);
        await work.ExecuteAsync("workflow/delete_open_steps", new { CaseId = work.Case }, ct);
        await work.ExecuteAsync("workflow/cancel_case_deadlines", new { CaseId = work.Case, work.Now }, ct);
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
            if (wasOpen && await work.ExecuteAsync("workflow/delete_open_step", new { CaseId = work.Case, completion.Node }, ct) == 0)
            {
                continue;
            }

            if (wasOpen)
            {
                await work.ExecuteAsync("workflow/cancel_step_deadlines", new { CaseId = work.Case, completion.Node, work.Now }, ct);
            }

            work.AppendAsSystem("step.completed", completion);
            await DecisionSteps.SettleAsync(work, completion.Outcome, ct);
            await ApplyAsync(work, await engine.AdvanceAsync(work, completion, ct), ct);
        }
    }

    private async Task ApplyAsync(Work work, IReadOnlyList<AskedStep> asked, CancellationToken ct)
    {
        foreach (var step in asked)
        {
            await work.ReloadAsync(ct);
            await steps.RunAsync(work, step, ct);
        }
    }
}
