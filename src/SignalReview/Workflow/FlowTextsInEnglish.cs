using System.Globalization;

namespace SignalReview.Workflow;

/// <summary>For the command line, with the names as they stand in the file: whoever reads it has the file open beside it.</summary>
internal sealed class FlowTextsInEnglish : IFlowTexts
{
    public string Step(FlowNode node) => node.DisplayText is null || node.Id == node.Step.Name ? node.Step.Name : $"{node.Id}: {node.Step.Name}";

    public IEnumerable<string> Details(FlowNode node)
    {
        var facts = FlowNodeFacts.Of(node);
        if (facts.Count is { } count)
        {
            yield return $"{count} readers, each has {facts.AcceptHours} working h";
        }

        if (facts.Quorum is { } quorum)
        {
            yield return $"quorum {quorum}";
        }

        if (facts.Deadline is { } deadline)
        {
            yield return $"{(node.Step.Waits ? "deadline" : "waits")} {Length(deadline)}{(facts.Wall ? "" : " working")}";
        }

        if (facts.Reminder is { } reminder)
        {
            yield return $"reminder {reminder} h before";
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
            yield return $"tells the {to}";
        }

        if (facts.WaitsForAll is { } all)
        {
            yield return all ? "waits for all" : "waits for any";
        }
    }

    public string Port(string port) => port;

    public string Title(WorkflowDefinition definition) => $"{definition.Name} ({definition.DefinitionId}, version {definition.Version})";

    public string Description(WorkflowDefinition definition) =>
        $"A flow of {definition.Nodes.Count} steps from top to bottom. Dashed lines lead back. signalreview workflow paths lists the ways through it.";

    public static string Length(TimeSpan time) =>
        time.TotalHours >= 1 && time.Minutes == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min");
}
