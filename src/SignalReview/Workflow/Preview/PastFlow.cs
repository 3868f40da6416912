using System.Collections.Immutable;
using System.Text.Json;

namespace SignalReview.Workflow.Preview;

/// <summary>One way of a past case through its definition, as its trail tells it: from the start, or from a reopening.</summary>
/// <param name="Policy">definition@version.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Urgency">Null when that was erased.</param>
internal sealed record PastFlow(string Policy, DateTimeOffset StartedAt, bool Reopened, string? Urgency, ImmutableArray<PastStep> Steps);

/// <param name="Readings">How many there were of the case when the step was completed.</param>
/// <param name="Votes">How many there were of the round.</param>
/// <param name="Outputs">Numbers and truths only; empty when the body was erased.</param>
internal sealed record PastStep(string Node, string Outcome, DateTimeOffset At, int Readings, int Votes, ImmutableDictionary<string, JsonElement> Outputs)
{
    /// <summary>The body was erased: where it was and how it ended is not known any more.</summary>
    public bool Unknown => Node.Length == 0;
}

/// <summary>Takes the steps out of a trail, event by event; what people wrote is not looked at.</summary>
internal sealed class PastFlowReader
{
    private readonly List<PastFlow> flows = [];
    private readonly List<PastStep> steps = [];
    private string? policy;
    private string? urgency;
    private DateTimeOffset started;
    private bool reopened;
    private int readings;
    private int votes;

    /// <summary>Types of which the body is needed.</summary>
    public static bool NeedsBody(string type) => type is "step.completed" or "signal.submitted";

    /// <param name="body">Null when it is not known; only asked for <see cref="NeedsBody"/>.</param>
    public void Add(string type, DateTimeOffset at, string? policyOfEvent, JsonElement? body)
    {
        switch (type)
        {
            case "signal.submitted":
                urgency = body is { } signal && signal.Has("urgency", out var said) && said.ValueKind == JsonValueKind.String ? said.GetString() : null;
                Begin(at, again: false);
                break;
            case "case.reopened":
                End();
                Begin(at, again: true);
                break;
            case "interpretation.submitted":
                readings++;
                break;
            case "vote.cast" or "urn.cast":
                votes++;
                break;
            case "step.completed":
                policy = policyOfEvent ?? policy;
                steps.Add(Step(at, body));
                votes = steps[^1].Outcome is "Vote" or "AllIn" or "Quorum" or "Early" ? 0 : votes; // a round ends, or begins
                break;
            default:
                break; // the rest moves no workflow
        }
    }

    /// <returns>Oldest first.</returns>
    public ImmutableArray<PastFlow> Read()
    {
        End();
        return [.. flows];
    }

    private PastStep Step(DateTimeOffset at, JsonElement? body)
    {
        if (body is not { } said || said.Text("node") is not { } node || said.Text("outcome") is not { } outcome)
        {
            return new("", "", at, readings, votes, ImmutableDictionary<string, JsonElement>.Empty);
        }

        var outputs = said.Has("outputs", out var given) && given.ValueKind == JsonValueKind.Object
            ? given.EnumerateObject().ToImmutableDictionary(o => o.Name, o => o.Value.Clone(), StringComparer.Ordinal)
            : ImmutableDictionary<string, JsonElement>.Empty;
        return new(node, outcome, at, readings, votes, outputs);
    }

    private void Begin(DateTimeOffset at, bool again)
    {
        (started, reopened) = (at, again);
        steps.Clear();
    }

    private void End()
    {
        if (policy is not null && steps.Count > 0)
        {
            flows.Add(new(policy, started, reopened, urgency, [.. steps]));
            steps.Clear();
        }
    }
}
