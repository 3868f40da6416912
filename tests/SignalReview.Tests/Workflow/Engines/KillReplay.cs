using System.Text.Json;
using SignalReview.Workflow;

namespace SignalReview.Tests.Workflow.Engines;

/// <summary>The definition, played with what the trail says was completed.</summary>
/// <param name="Asked">All that it asks on that way.</param>
/// <param name="End">Where it stands then.</param>
internal sealed record KillReplay(IReadOnlyList<AskedStep> Asked, FlowState End)
{
    public static KillReplay Of(
        WorkflowDefinition definition, IReadOnlyDictionary<string, JsonElement> inputs, IReadOnlyList<StepCompletion> completions)
    {
        var (state, first) = EmbeddedFlow.Start(definition, definition.Declared(inputs));
        var asked = first.ToList();
        foreach (var completion in completions)
        {
            Assert.That(state.Open, Does.Contain(completion.Node), "a step is completed once each time that it is reached");
            (state, var next) = EmbeddedFlow.Complete(definition, state, completion);
            asked.AddRange(next);
        }

        return new(asked, state);
    }
}
