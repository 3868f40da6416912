namespace SignalReview.Workflow;

/// <summary>The settings of a step that a coordinator would want to see; null where it has none.</summary>
/// <param name="Count">How many readers are invited.</param>
/// <param name="AcceptHours">Working hours in which an invitation is accepted.</param>
/// <param name="Deadline">How long it waits at most.</param>
/// <param name="Wall">The deadline counts all hours of the clock, not the team's working hours.</param>
/// <param name="Reminder">This long before the deadline.</param>
/// <param name="Condition">Of a decision.</param>
/// <param name="To">Whom an escalation tells.</param>
/// <param name="WaitsForAll">Of a join.</param>
internal sealed record FlowNodeFacts(
    int? Count, int? AcceptHours, int? Quorum, TimeSpan? Deadline, bool Wall, int? Reminder, string? Condition, string? To, bool? WaitsForAll)
{
    public static FlowNodeFacts Of(FlowNode node)
    {
        var minutes = Number(node, StepCatalog.DeadlineMinutes);
        var hours = Number(node, StepCatalog.DeadlineHours);
        var pause = Value(node, "TimeSpan") as TimeSpan?;
        return new(
            Number(node, "Count"),
            Number(node, "AcceptWithinHours"),
            Number(node, "Quorum"),
            pause ?? (minutes is { } m ? TimeSpan.FromMinutes(m) : hours is { } h ? TimeSpan.FromHours(h) : null),
            pause is not null || Value(node, "Clock") as string == "wall",
            Number(node, "ReminderHours"),
            node.Inputs.TryGetValue("Condition", out var condition) ? $"{condition}" : null,
            Value(node, "To") as string,
            node.Step.Kind == StepKind.Join ? !node.WaitsForAny : null);
    }

    private static int? Number(FlowNode node, string input) => Value(node, input) as int?;

    private static object? Value(FlowNode node, string input) => (node.Inputs.GetValueOrDefault(input) as FlowExpression.Constant)?.Value;
}
