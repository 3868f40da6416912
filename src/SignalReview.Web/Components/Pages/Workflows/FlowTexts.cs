using SignalReview.Web.Localization;
using SignalReview.Workflow;

namespace SignalReview.Web.Components.Pages.Workflows;

/// <summary>What the drawing of a definition says, in the language of the request. A step's name is the file's own.</summary>
internal sealed class FlowTexts(Texts texts) : IFlowTexts
{
    public string Step(FlowNode node) => texts[$"Workflows.Activity.{node.Step.Name}"];

    public IEnumerable<string> Details(FlowNode node)
    {
        var facts = FlowNodeFacts.Of(node);
        if (facts.Count is { } count)
        {
            yield return texts["Workflows.Fact.Readers", count, facts.AcceptHours];
        }

        if (facts.Quorum is { } quorum)
        {
            yield return texts["Workflows.Fact.Quorum", quorum];
        }

        if (facts.Deadline is { } deadline)
        {
            yield return Deadline(node, facts, deadline);
        }

        if (facts.Reminder is { } reminder)
        {
            yield return texts["Workflows.Fact.Reminder", reminder];
        }

        if (facts.Condition is { } condition)
        {
            yield return condition;
        }

        foreach (var item in node.Cases)
        {
            yield return $"{item.Label}: {item.Condition}";
        }

        if (facts.To is { } to)
        {
            yield return texts[$"Workflows.Fact.To.{to}"];
        }

        if (facts.WaitsForAll is { } all)
        {
            yield return texts[all ? "Workflows.Fact.WaitAll" : "Workflows.Fact.WaitAny"];
        }
    }

    /// <summary>A switch's cases are named by who wrote the file.</summary>
    public string Port(string port) => texts.Find($"Workflows.Port.{port}") ?? port;

    public string Title(WorkflowDefinition definition) => texts["Workflows.Drawing", Name(definition), definition.Version];

    public string Description(WorkflowDefinition definition) => texts["Workflows.DrawingDescription", definition.Nodes.Count];

    public string Name(WorkflowDefinition definition) => texts.Find($"Workflows.Name.{definition.DefinitionId}") ?? definition.Name;

    private string Deadline(FlowNode node, FlowNodeFacts facts, TimeSpan deadline)
    {
        var whole = deadline.Minutes == 0 && deadline.TotalHours >= 1;
        var key = (node.Step.Waits, whole, facts.Wall) switch
        {
            (false, true, _) => "Waits",
            (false, false, _) => "WaitsMinutes",
            (true, false, _) => "Minutes",
            (true, true, true) => "Hours",
            (true, true, false) => "WorkingHours",
        };
        return texts[$"Workflows.Fact.{key}", whole ? (int)deadline.TotalHours : (int)deadline.TotalMinutes];
    }
}
