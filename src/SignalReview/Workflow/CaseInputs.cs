using System.Collections.Immutable;
using SignalReview.Storage;

namespace SignalReview.Workflow;

/// <summary>What the product gives a definition at the start of a case: these inputs with these types, and nothing else.</summary>
internal static class CaseInputs
{
    public const string CaseId = "CaseId";
    public const string Urgency = "Urgency";
    public const string Reopened = "Reopened";

    public static ImmutableArray<FlowInput> All { get; } =
        [new(CaseId, FlowType.String), new(Urgency, FlowType.String), new(Reopened, FlowType.Boolean)];

    /// <summary>The texts that <see cref="Urgency"/> can have.</summary>
    public static ImmutableArray<string> Urgencies { get; } = [.. Enum.GetValues<Signals.Urgency>().Select(u => Enums.Text(u))];
}
