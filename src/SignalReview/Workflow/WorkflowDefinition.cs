using System.Collections.Immutable;
using System.Text.Json;

namespace SignalReview.Workflow;

/// <summary>
/// A checked Elsa flowchart. Made by <see cref="DefinitionReader"/> only, so whoever holds one may rely on the rules of
/// <see cref="DefinitionValidator"/>: every port leads on, every wait ends, no two branches meet without a join.
/// </summary>
/// <param name="Id">Elsa's id of this version of the definition.</param>
/// <param name="DefinitionId">The name by which cases ask for it; the same over all versions.</param>
/// <param name="Sha256">Lower-case hex over the file's bytes: what a case pins.</param>
/// <param name="Raw">The file's text as read, kept for storage; decodes to the bytes that were hashed.</param>
internal sealed record WorkflowDefinition(
    string Id,
    string DefinitionId,
    string Name,
    int Version,
    string Sha256,
    string Raw,
    ImmutableArray<FlowInput> Inputs,
    ImmutableArray<FlowVariable> Variables,
    FlowGraph Graph)
{
    public ImmutableDictionary<string, FlowNode> Nodes => Graph.Nodes;

    public ImmutableArray<FlowConnection> Connections => Graph.Connections;

    /// <summary>The method of the first room on the way; null when no room is ever opened.</summary>
    public string? Method => Graph.Start is { } start ? Graph.InOrder(start).Select(n => Nodes[n].Method).FirstOrDefault(m => m is not null) : null;

    /// <summary>As headers of the trail carry it.</summary>
    public string Policy => $"{DefinitionId}@{Version}";

    /// <summary>Of what a case gives, what the definition declares; it need not care for all.</summary>
    public Dictionary<string, JsonElement> Declared(IReadOnlyDictionary<string, JsonElement> inputs) =>
        inputs.Where(i => Inputs.Any(d => d.Name == i.Key)).ToDictionary(StringComparer.Ordinal);
}

internal enum FlowType
{
    Int32,
    String,
    Boolean,
    TimeSpan,
}

/// <summary>A value that the case gives when it starts.</summary>
internal sealed record FlowInput(string Name, FlowType Type);

/// <param name="Initial">Elsa starts a variable without a value at null; ours must have one, so that expressions stay typed.</param>
internal sealed record FlowVariable(string Id, string Name, FlowType Type, object Initial);

/// <param name="Type">As in the file: <c>SignalReview.CollectVotes</c>, <c>Elsa.FlowDecision</c>.</param>
/// <param name="Inputs">By catalog name; a decision's condition and a variable's value are inputs too.</param>
/// <param name="Outputs">Catalog name of the output to the name of the variable it fills.</param>
/// <param name="Ports">The outcomes by which a token can leave, in the order of the catalog or the file.</param>
internal sealed record FlowNode(
    string Id,
    string Type,
    StepDescription Step,
    ImmutableSortedDictionary<string, FlowExpression> Inputs,
    ImmutableSortedDictionary<string, string> Outputs,
    ImmutableArray<string> Ports)
{
    public ImmutableArray<FlowCase> Cases { get; init; } = [];

    /// <summary>Of a join: one arrival is enough.</summary>
    public bool WaitsForAny { get; init; }

    /// <summary>Of SetVariable: the name of the variable.</summary>
    public string? Variable { get; init; }

    /// <summary>Of OpenRoom: the method that it names.</summary>
    public string? Method => Step.Name == StepCatalog.OpenRoom && Inputs.GetValueOrDefault(StepCatalog.Method) is FlowExpression.Constant { Value: string name } ? name : null;

    /// <summary>What the file calls the step, in the words of who wrote it.</summary>
    public string? DisplayText { get; init; }
}

internal sealed record FlowCase(string Label, FlowExpression Condition);

/// <param name="Index">Position in the file; joins remember arrivals by it.</param>
internal sealed record FlowConnection(int Index, string Source, string Port, string Target);

/// <summary>One reason why a definition is refused.</summary>
/// <param name="Node">The node's id, or <see cref="Head"/> where no node is to blame.</param>
/// <param name="Mend">What to do about it, for who edits the file.</param>
public sealed record DefinitionProblem(string File, string Node, string Reason, string Mend)
{
    public const string Head = "(definition)";

    public override string ToString() => $"{File}: {Node}: {Reason}. To mend: {Mend}.";
}
