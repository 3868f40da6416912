using System.Collections.Immutable;

namespace SignalReview.Workflow;

/// <summary>What the engine does with a node.</summary>
internal enum StepKind
{
    /// <summary>Asks the product and stays open until the completion comes.</summary>
    Asked,
    Decision,
    Switch,
    Join,
    SetVariable,
    Finish,
}

/// <summary>Describes one activity that a definition may use. The texts are shown in Elsa Studio.</summary>
/// <param name="Name">Without prefix.</param>
/// <param name="Waits">It waits for people, and therefore must have a deadline.</param>
internal sealed record StepDescription(
    string Name,
    StepKind Kind,
    string Description,
    ImmutableArray<StepInput> Inputs,
    ImmutableArray<StepOutcome> Outcomes,
    ImmutableArray<StepOutput> Outputs,
    bool Waits)
{
    public string Type => (Kind == StepKind.Asked && Name != StepCatalog.Delay ? StepCatalog.Prefix : StepCatalog.ElsaPrefix) + Name;
}

internal sealed record StepInput(string Name, FlowType Type, bool Required, string Description)
{
    /// <summary>When not empty, the literal must be one of these.</summary>
    public ImmutableArray<string> Allowed { get; init; } = [];

    /// <summary>It says the same in every case: no expression.</summary>
    public bool IsLiteral { get; init; }

    /// <summary>The smallest number that makes sense.</summary>
    public int Minimum { get; init; } = 1;

    /// <summary>The largest: beyond it lies a slip of the keys, or a moment that no calendar knows.</summary>
    public int Maximum { get; init; } = int.MaxValue;
}

internal sealed record StepOutcome(string Name, string Description);

internal sealed record StepOutput(string Name, FlowType Type, string Description)
{
    /// <summary>The largest number that the step can give; the smallest is 0.</summary>
    public int Maximum { get; init; } = int.MaxValue;
}
