using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using SignalReview.Cases;

namespace SignalReview.Workflow.Outside;

internal enum FlowRunState
{
    Running,
    Finished,
    Cancelled,

    /// <summary>The embedded engine went on with it.</summary>
    TakenOver,
}

/// <param name="Run">From 1; a reopened case starts another.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FlowRunKey(CaseId CaseId, int Run)
{
    /// <summary>The id of its instance in the engine.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{CaseId.Value:N}-{Run}");

    /// <returns>Null when the instance is not one of ours.</returns>
    public static FlowRunKey? Parse(string instance) =>
        instance.Split('-') is [var caseId, var run]
        && Guid.TryParseExact(caseId, "N", out var id)
        && int.TryParse(run, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(new(id), number)
            : null;
}

/// <summary>One way of a case through a definition.</summary>
internal sealed record FlowRunRow
{
    public CaseId CaseId { get; init; }
    public int Run { get; init; }
    public string Sha256 { get; init; } = "";
    public string Inputs { get; init; } = "";
    public FlowRunState State { get; init; }
    public long Changes { get; init; }
    public long Applied { get; init; }
    public int Failures { get; init; }

    public FlowRunKey Key => new(CaseId, Run);

    public IReadOnlyDictionary<string, JsonElement> ReadInputs() =>
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Inputs) ?? throw new JsonException("A run without inputs.");
}

/// <summary>One step that the engine asked in a run.</summary>
internal sealed record FlowAskRow
{
    public int Ask { get; init; }
    public string Node { get; init; } = "";
    public string? WaitId { get; init; }
    public int? Completion { get; init; }
    public string? Outcome { get; init; }
    public string? Outputs { get; init; }

    public bool IsOpen => Completion is null;

    public StepCompletion ReadCompletion() => new(
        Node,
        Outcome ?? throw new InvalidOperationException($"Step {Node} is not complete."),
        Outputs is null ? null : JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Outputs));
}
