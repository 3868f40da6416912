using Microsoft.Extensions.Logging;
using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Workflow.Outside;

/// <summary>What was done to bring an engine's storage back in line.</summary>
internal enum Healing
{
    /// <summary>Its instance was lost; another was started and brought to where the case stands.</summary>
    Started,

    /// <summary>Its instance was damaged; it was thrown away, another started and brought to where the case stands.</summary>
    Remade,

    /// <summary>It was still running though the case's run was over.</summary>
    Cancelled,
}

internal sealed record HealCommand(Guid CommandId, int Run, Healing What) : ICommand;

/// <summary>Writes each healing to the case's trail and to the log: an engine that needs it often is ill.</summary>
internal sealed partial class FlowHealing(CommandRunner commands, IFlowRuntime runtime, TimeProvider time, ILogger<FlowHealing> logger)
{
    public async Task RecordAsync(FlowRunKey run, Healing what, CancellationToken ct)
    {
        LogHealed(logger, runtime.Name, run.CaseId, run.Run, what);
        var command = new HealCommand(Guid.CreateVersion7(time.GetUtcNow()), run.Run, what);
        await commands.RunAsync(Actor.System, run.CaseId, command, HealAsync, ct);
    }

    private Task<Refusal?> HealAsync(Work work, HealCommand command, CancellationToken ct)
    {
        work.AppendAsSystem("workflow.healed", new { engine = runtime.Name, command.Run, command.What });
        return Task.FromResult<Refusal?>(null);
    }

    [LoggerMessage(2102, LogLevel.Warning, "{Engine} was healed: run {Run} of case {Case} was {What}")]
    private static partial void LogHealed(ILogger logger, string engine, CaseId @case, int run, Healing what);
}
