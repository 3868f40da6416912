using System.Collections.Immutable;
using System.Text.Json;
using Elsa.Expressions.Helpers;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Models;
using SignalReview.Workflow;
using SignalReview.Workflow.Outside;

namespace SignalReview.Elsa;

/// <summary>
/// Any step of <see cref="StepCatalog"/> in Elsa: waits until the product says with which outcome it is complete. What is asked stands in
/// the wait itself, so that it is read from Elsa's storage and nowhere else.
/// </summary>
public sealed class StepActivity : Activity
{
    internal const string OutcomeInput = "SignalReview.Outcome";
    internal const string OutputsInput = "SignalReview.Outputs";

    private const string Node = "node";
    private const string ActivityName = "activity";
    private const string Inputs = "inputs";

    /// <summary>What a bookmark of such a step asks.</summary>
    internal static FlowWait Read(Bookmark bookmark)
    {
        var asked = bookmark.Metadata ?? throw new InvalidOperationException($"Bookmark {bookmark.Id} is none of SignalReview's.");
        var inputs = JsonSerializer.Deserialize<ImmutableSortedDictionary<string, JsonElement>>(asked[Inputs])!;
        return new(bookmark.Id, new(asked[Node], asked[ActivityName], inputs));
    }

    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context)
    {
        var step = StepCatalog.Find(Type) ?? throw new InvalidOperationException($"There is no step '{Type}'.");
        var inputs = ImmutableSortedDictionary.CreateBuilder<string, JsonElement>(StringComparer.Ordinal);
        foreach (var input in step.Inputs)
        {
            if (SyntheticProperties.GetValueOrDefault(input.Name) is Input given && context.Get(given.MemoryBlockReference()) is { } value)
            {
                inputs.Add(input.Name, FlowTypes.Write(value.ConvertTo(StepActivityProvider.ClrType(input.Type))!));
            }
        }

        context.CreateBookmark(new CreateBookmarkArgs
        {
            BookmarkName = Type,
            Callback = OnCompletedAsync,
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [Node] = Id,
                [ActivityName] = step.Name,
                [Inputs] = JsonSerializer.Serialize(inputs),
            },
        });
    }

    private async ValueTask OnCompletedAsync(ActivityExecutionContext context)
    {
        var step = StepCatalog.Find(Type)!;
        var outputs = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(context.GetWorkflowInput<string>(OutputsInput))!;
        foreach (var output in step.Outputs)
        {
            if (SyntheticProperties.GetValueOrDefault(output.Name) is Output bound && outputs.TryGetValue(output.Name, out var value))
            {
                context.Set(bound, FlowTypes.Read(value, output.Type), output.Name);
            }
        }

        await context.CompleteActivityWithOutcomesAsync(context.GetWorkflowInput<string>(OutcomeInput));
    }
}
