using System.Text.RegularExpressions;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;
using SignalReview.Workflow;

namespace SignalReview.Elsa;

/// <summary>
/// Shows the steps of <see cref="StepCatalog"/> to Elsa and its Studio: one category, each with its texts, inputs, outputs and outcomes.
/// <c>Elsa.Delay</c> is among them: our deadlines end it, as they are durable and Elsa's timers are not.
/// </summary>
internal sealed partial class StepActivityProvider : IActivityProvider
{
    public const string Category = "SignalReview";

    /// <inheritdoc />
    public ValueTask<IEnumerable<ActivityDescriptor>> GetDescriptorsAsync(CancellationToken cancellationToken = default) =>
        new(StepCatalog.All.Where(s => s.Kind == StepKind.Asked).Select(Describe).ToList());

    public static Type ClrType(FlowType type) => type switch
    {
        FlowType.Int32 => typeof(int),
        FlowType.String => typeof(string),
        FlowType.Boolean => typeof(bool),
        FlowType.TimeSpan => typeof(TimeSpan),
    };

    private static ActivityDescriptor Describe(StepDescription step) => new()
    {
        TypeName = step.Type,
        ClrType = typeof(StepActivity),
        Namespace = step.Type[..step.Type.IndexOf('.', StringComparison.Ordinal)],
        Name = step.Name,
        Version = 1,
        Category = Category,
        DisplayName = Words(step.Name),
        Description = step.Description,
        Kind = ActivityKind.Action,
        Inputs = [.. step.Inputs.Select(Describe)],
        Outputs = [.. step.Outputs.Select(Describe)],
        Ports = [.. step.Outcomes.Select(o => new Port { Name = o.Name, DisplayName = Words(o.Name), Type = PortType.Flow })],
        Constructor = context =>
        {
            var made = context.CreateActivity<StepActivity>();
            made.Activity.Type = step.Type;
            return made;
        },
    };

    private static InputDescriptor Describe(StepInput input) => new()
    {
        Name = input.Name,
        DisplayName = Words(input.Name),
        Description = input.Description,
        Type = ClrType(input.Type),
        ValueGetter = activity => activity.SyntheticProperties.GetValueOrDefault(input.Name),
        ValueSetter = (activity, value) => activity.SyntheticProperties[input.Name] = value!,
        IsSynthetic = true,
        IsWrapped = true,
        UIHint = input.Allowed.IsEmpty ? InputUIHints.SingleLine : InputUIHints.DropDown,
        UISpecifications = input.Allowed.IsEmpty ? null : new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [InputUIHints.DropDown] = new { SelectList = new { Items = input.Allowed.Select(a => new { Text = a, Value = a }).ToList(), IsFlagsEnum = false } },
        },
    };

    private static OutputDescriptor Describe(StepOutput output) => new()
    {
        Name = output.Name,
        DisplayName = Words(output.Name),
        Description = output.Description,
        Type = ClrType(output.Type),
        IsSynthetic = true,
        ValueGetter = activity => activity.SyntheticProperties.GetValueOrDefault(output.Name),
        ValueSetter = (activity, value) => activity.SyntheticProperties[output.Name] = value!,
    };

    /// <summary>"AskApproval" is shown as "Ask approval".</summary>
    private static string Words(string name) => string.Concat(name[..1], InnerCapital().Replace(name[1..], m => $" {m.Value.ToLowerInvariant()}"));

    [GeneratedRegex("[A-Z]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InnerCapital();
}
