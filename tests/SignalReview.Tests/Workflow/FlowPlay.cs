using System.Text.Json;
using SignalReview.Workflow;

namespace SignalReview.Tests.Workflow;

/// <summary>Plays one case on the embedded engine; its state passes through JSON at each step, as it does in the database.</summary>
internal sealed class FlowPlay
{
    private readonly WorkflowDefinition definition;

    public FlowPlay(WorkflowDefinition definition)
    {
        this.definition = definition;
        (State, Asked) = EmbeddedFlow.Start(definition, Inputs());
    }

    public FlowState State { get; private set; }

    /// <summary>What the last call asked.</summary>
    public IReadOnlyList<AskedStep> Asked { get; private set; }

    public static Dictionary<string, JsonElement> Inputs() => new(StringComparer.Ordinal)
    {
        ["CaseId"] = JsonSerializer.SerializeToElement("0190a0c0-0000-7000-8000-000000000001"),
        ["Urgency"] = JsonSerializer.SerializeToElement("days"),
        ["Reopened"] = JsonSerializer.SerializeToElement(false),
    };

    public IReadOnlyList<AskedStep> Complete(string node, string outcome, params (string Name, object Value)[] outputs)
    {
        var values = outputs.ToDictionary(o => o.Name, o => JsonSerializer.SerializeToElement(o.Value), StringComparer.Ordinal);
        foreach (var (output, _) in definition.Nodes[node].Outputs.Where(o => !values.ContainsKey(o.Key)))
        {
            var type = definition.Nodes[node].Step.Outputs.Single(o => o.Name == output).Type;
            values[output] = JsonSerializer.SerializeToElement<object>(type == FlowType.Boolean ? false : 0);
        }

        (State, Asked) = EmbeddedFlow.Complete(definition, FlowState.FromJson(State.ToJson()), new(node, outcome, values));
        return Asked;
    }
}
