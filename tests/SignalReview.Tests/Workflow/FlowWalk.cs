using System.Text.Json;
using SignalReview.Workflow;

namespace SignalReview.Tests.Workflow;

internal sealed record WalkedPath(IReadOnlyList<StepCompletion> Completions, bool Finished);

/// <summary>
/// Paths through a definition, derived from the definition: every way of completing every open step, no connection taken more than
/// once on the way. Outputs that fill variables take their extremes, so that decisions go both ways.
/// </summary>
internal sealed class FlowWalk
{
    private readonly WorkflowDefinition definition;
    private readonly List<WalkedPath> paths = [];
    private readonly HashSet<string> covered = new(StringComparer.Ordinal);

    private FlowWalk(WorkflowDefinition definition) => this.definition = definition;

    public IReadOnlyList<WalkedPath> Paths => paths;

    public HashSet<string> States { get; } = new(StringComparer.Ordinal);

    public static FlowWalk Through(WorkflowDefinition definition)
    {
        var walk = new FlowWalk(definition);
        var (state, _) = EmbeddedFlow.Start(definition, FlowPlay.Inputs());
        walk.Continue(state, []);
        return walk;
    }

    // A move already lived through from this very state leads to nothing new; then one way on to the end is enough.
    private void Continue(FlowState state, List<StepCompletion> done)
    {
        States.Add(state.ToJson());
        if (state.Finished)
        {
            paths.Add(new(done, Finished: true));
            return;
        }

        Assert.That(state.Open, Is.Not.Empty, "stuck");
        var fresh = Moves(state).Where(m => covered.Add(Key(state, m))).ToList();
        foreach (var completion in fresh)
        {
            Continue(EmbeddedFlow.Complete(definition, state, completion).State, [.. done, completion]);
        }

        if (fresh.Count == 0)
        {
            paths.Add(ShortestEnd(state, done));
        }
    }

    private WalkedPath ShortestEnd(FlowState start, List<StepCompletion> done)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { start.ToJson() };
        var open = new Queue<(FlowState State, List<StepCompletion> Done)>([(start, done)]);
        while (open.TryDequeue(out var at))
        {
            if (at.State.Finished)
            {
                return new(at.Done, Finished: true);
            }

            foreach (var move in Moves(at.State))
            {
                var (next, _) = EmbeddedFlow.Complete(definition, at.State, move);
                if (seen.Add(next.ToJson()))
                {
                    open.Enqueue((next, [.. at.Done, move]));
                }
            }
        }

        return new(done, Finished: false);
    }

    private IEnumerable<StepCompletion> Moves(FlowState state) =>
        from node in state.Open
        from outcome in definition.Nodes[node].Ports
        from outputs in Outputs(definition.Nodes[node])
        select new StepCompletion(node, outcome, outputs);

    private static IEnumerable<Dictionary<string, JsonElement>> Outputs(FlowNode node) => new[] { false, true }.Select(high =>
        node.Outputs.Keys.ToDictionary(o => o, o => node.Step.Outputs.Single(s => s.Name == o).Type == FlowType.Boolean
            ? JsonSerializer.SerializeToElement(high)
            : JsonSerializer.SerializeToElement(high ? 10 : 0), StringComparer.Ordinal)).Take(node.Outputs.IsEmpty ? 1 : 2);

    private static string Key(FlowState state, StepCompletion move) => $"{state.ToJson()} {move.Node} {move.Outcome} {string.Join(',', move.Outputs!.Values)}";
}
