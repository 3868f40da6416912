using System.Collections.Immutable;
using System.Text.Json;

namespace SignalReview.Workflow.Preview;

internal enum PreviewKind
{
    /// <summary>Asked as it was.</summary>
    Same,

    /// <summary>Asked too, with other settings or under another name.</summary>
    Different,

    /// <summary>Was asked then; would not be asked at this point now.</summary>
    NotAsked,

    /// <summary>Would be asked now and was not then.</summary>
    New,

    /// <summary>Happened then; whether it would happen now cannot be known.</summary>
    Unknown,
}

/// <summary>Why it cannot be known how it would have gone on.</summary>
internal enum PreviewDoubt
{
    None,

    /// <summary>The step took longer than its new deadline.</summary>
    DeadlineSooner,

    /// <summary>The deadline came; a later one might have found an answer.</summary>
    DeadlineLater,

    /// <summary>Fewer answers had come than the new quorum asks.</summary>
    QuorumHigher,

    /// <summary>More answers had come than the new quorum asks.</summary>
    QuorumLower,

    /// <summary>The step cannot end any more as it ended then.</summary>
    OutcomeGone,

    /// <summary>What the step gave then is not in the trail, and the new definition asks for it.</summary>
    OutputMissing,

    /// <summary>A new step has several outcomes: nobody knows which it would have had.</summary>
    NewStep,

    /// <summary>The trail's content was erased or left out here.</summary>
    Erased,

    /// <summary>The past case ended here, or stands here now.</summary>
    End,
}

/// <param name="Node">In the new definition, or in the old one when it is not asked any more.</param>
/// <param name="Outcome">As it was; of a new step the one outcome that leads on, or null.</param>
/// <param name="Changes">What of its settings is different: name, old, new; null where there is none.</param>
/// <param name="Doubt">Not <see cref="PreviewDoubt.None"/>: from here on it cannot be known.</param>
internal sealed record PreviewStep(
    PreviewKind Kind,
    string Node,
    string Activity,
    string? Outcome,
    DateTimeOffset? At,
    ImmutableArray<(string Input, string? Before, string? After)> Changes,
    PreviewDoubt Doubt);

/// <param name="Compared">The old definition was at hand, so that settings could be compared.</param>
internal sealed record PreviewResult(PastFlow Past, bool Compared, ImmutableArray<PreviewStep> Steps)
{
    public int Count(PreviewKind kind) => Steps.Count(s => s.Kind == kind);

    /// <summary>Nothing would have been asked otherwise, as far as the past case went.</summary>
    public bool Unchanged => Steps.All(s => s.Kind == PreviewKind.Same || s is { Kind: PreviewKind.New, Doubt: PreviewDoubt.End });
}

/// <summary>
/// What a definition would have asked in a past case: its recorded completions, replayed. Says so where a completion tells nothing any more,
/// because the step was asked under other terms; it never guesses beyond that.
/// </summary>
internal sealed class FlowPreview
{
    /// <summary>Further than this no step is looked for behind new ones.</summary>
    private const int MostNewInARow = 6;

    private readonly WorkflowDefinition definition;
    private readonly WorkflowDefinition? before;
    private readonly PastFlow past;
    private readonly TeamCalendar calendar;
    private readonly List<PreviewStep> steps = [];
    private readonly Dictionary<string, (AskedStep Step, DateTimeOffset At)> asked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (AskedStep Step, DateTimeOffset At)> askedBefore = new(StringComparer.Ordinal);
    private FlowState state;
    private FlowState? stateBefore;

    private FlowPreview(WorkflowDefinition definition, WorkflowDefinition? before, PastFlow past, TeamCalendar calendar)
    {
        this.definition = definition;
        this.before = before;
        this.past = past;
        this.calendar = calendar;
        (state, var first) = EmbeddedFlow.Start(definition, Inputs(definition));
        Note(asked, first, past.StartedAt);
        if (before is not null)
        {
            (stateBefore, var old) = EmbeddedFlow.Start(before, Inputs(before));
            Note(askedBefore, old, past.StartedAt);
        }
    }

    /// <param name="before">The definition that the case ran on; null when it is not at hand.</param>
    /// <param name="calendar">Of the case's team: deadlines are counted by it.</param>
    public static PreviewResult Of(WorkflowDefinition definition, WorkflowDefinition? before, PastFlow past, TeamCalendar calendar)
    {
        var preview = new FlowPreview(definition, before, past, calendar);
        preview.Play();
        return new(past, before is not null, [.. preview.steps]);
    }

    private void Play()
    {
        for (var at = 0; at < past.Steps.Length; at++)
        {
            var step = past.Steps[at];
            var known = !step.Unknown && Meet(step, past.Steps[(at + 1)..]);
            if (!known)
            {
                if (step.Unknown)
                {
                    steps.Add(new(PreviewKind.Unknown, "", "", null, step.At, [], PreviewDoubt.Erased));
                    at++;
                }
                else
                {
                    at++; // the doubt stands at the step itself
                }

                steps.AddRange(past.Steps[at..].Select(s => new PreviewStep(PreviewKind.Unknown, s.Node, ActivityOf(s.Node), s.Outcome, s.At, [], PreviewDoubt.None)));
                return;
            }
        }

        steps.AddRange(state.Open.Where(node => !(stateBefore?.Open.Contains(node) ?? false) || Changes(node, node).Length > 0)
            .Select(node => new PreviewStep(PreviewKind.New, node, definition.Nodes[node].Step.Name, null, null, [], PreviewDoubt.End)));
    }

    /// <returns>False when from this step on nothing can be known.</returns>
    private bool Meet(PastStep step, ImmutableArray<PastStep> later)
    {
        var way = Way(step, later);
        if (way is null)
        {
            // Another thing was done then: leave it out, as nobody would ask it.
            Advance(step);
            steps.Add(new(PreviewKind.NotAsked, step.Node, ActivityOf(step.Node), step.Outcome, step.At, [], PreviewDoubt.None));
            return true;
        }

        foreach (var (newNode, port) in way)
        {
            var certain = LeadsOneWay(newNode, [.. later.Select(s => s.Node), step.Node]);
            var outcome = definition.Nodes[newNode].Ports.Length == 1 ? port : null;
            steps.Add(new(PreviewKind.New, newNode, definition.Nodes[newNode].Step.Name, outcome, null, [], certain ? PreviewDoubt.None : PreviewDoubt.NewStep));
            if (!certain)
            {
                steps.Add(new(PreviewKind.Unknown, step.Node, ActivityOf(step.Node), step.Outcome, step.At, [], PreviewDoubt.None));
                return false;
            }

            Complete(newNode, port, NoOutputs(newNode), LastAt(step));
        }

        var node = Match(step.Node)!;
        var changes = Changes(node, step.Node);
        var doubt = Doubt(node, step);
        var kind = node == step.Node && changes.IsEmpty ? PreviewKind.Same : PreviewKind.Different;
        steps.Add(new(kind, node, definition.Nodes[node].Step.Name, step.Outcome, step.At, changes, doubt));
        if (doubt != PreviewDoubt.None)
        {
            return false;
        }

        Complete(node, step.Outcome, step.Outputs, step.At);
        Advance(step);
        return true;
    }

    /// <summary>The new steps after which this one is asked: none when it is asked already, null when it is not asked at all.</summary>
    private ImmutableList<(string Node, string Port)>? Way(PastStep step, ImmutableArray<PastStep> later)
    {
        if (Match(step.Node) is not null)
        {
            return [];
        }

        var recorded = later.Select(s => s.Node).Append(step.Node).ToHashSet(StringComparer.Ordinal);
        var open = new Queue<(FlowState State, ImmutableList<(string, string)> Way)>([(state, [])]);
        var seen = new HashSet<string>(StringComparer.Ordinal) { state.ToJson() };
        while (open.TryDequeue(out var at))
        {
            if (at.Way.Count > 0 && at.State.Open.Any(node => Fits(node, step.Node)))
            {
                return at.Way;
            }

            if (at.Way.Count == MostNewInARow)
            {
                continue;
            }

            // What comes later in the record anyway is not done here.
            foreach (var node in at.State.Open.Where(node => !recorded.Contains(node)))
            {
                foreach (var port in definition.Nodes[node].Ports)
                {
                    var (next, _) = EmbeddedFlow.Complete(definition, at.State, new(node, port, NoOutputs(node)));
                    if (seen.Add(next.ToJson()))
                    {
                        open.Enqueue((next, at.Way.Add((node, port))));
                    }
                }
            }
        }

        return null;
    }

    /// <summary>However a new step ends, the same is asked next: an outcome that only comes back to it does not count.</summary>
    private bool LeadsOneWay(string node, HashSet<string> recorded)
    {
        var here = state.ToJson();
        return definition.Nodes[node].Ports.Select(port => Settle(EmbeddedFlow.Complete(definition, state, new(node, port, NoOutputs(node))).State).ToJson())
            .Where(next => next != here).Distinct(StringComparer.Ordinal).Count() <= 1;

        // Over the steps that can end in one way only.
        FlowState Settle(FlowState next)
        {
            for (var further = 0; further < MostNewInARow; further++)
            {
                if (next.Open.FirstOrDefault(o => definition.Nodes[o].Ports.Length == 1 && !recorded.Contains(o)) is not { } passing)
                {
                    break;
                }

                (next, _) = EmbeddedFlow.Complete(definition, next, new(passing, definition.Nodes[passing].Ports[0], NoOutputs(passing)));
            }

            return next;
        }
    }

    /// <summary>The open step that stands for a step of then: of the same name, or else the only one that does the same.</summary>
    private string? Match(string node) => state.Open.FirstOrDefault(o => Fits(o, node));

    private bool Fits(string open, string node)
    {
        if (open == node || before is null || definition.Nodes.ContainsKey(node) || !before.Nodes.TryGetValue(node, out var old))
        {
            return open == node;
        }

        var candidate = definition.Nodes[open];
        return candidate.Type == old.Type && !before.Nodes.ContainsKey(open) && Round(candidate) == Round(old);
    }

    private static string Round(FlowNode node) => node.Inputs.TryGetValue("Round", out var round) ? $"{round}" : "";

    private PreviewDoubt Doubt(string node, PastStep step)
    {
        var flowNode = definition.Nodes[node];
        if (!flowNode.Ports.Contains(step.Outcome))
        {
            return PreviewDoubt.OutcomeGone;
        }

        if (flowNode.Outputs.Keys.Any(o => !step.Outputs.TryGetValue(o, out var value) || FlowTypes.Read(value, flowNode.Step.Outputs.Single(s => s.Name == o).Type) is null))
        {
            return PreviewDoubt.OutputMissing;
        }

        return flowNode.Step.Waits ? Deadlines(node, step) : PreviewDoubt.None;
    }

    private PreviewDoubt Deadlines(string node, PastStep step)
    {
        var (now, since) = asked[node];
        var quorum = now.OptionalInt("Quorum");
        var byDeadline = step.Outcome is "Deadline" or "Quorum" or "TooFew";
        var answers = now.Activity == "CollectVotes" ? step.Votes : step.Readings;
        if (quorum is { } enough && step.Outcome == "Quorum" && answers < enough)
        {
            return PreviewDoubt.QuorumHigher;
        }

        if (quorum is { } fewer && step.Outcome == "TooFew" && answers >= fewer)
        {
            return PreviewDoubt.QuorumLower;
        }

        // The deadline of a follow-up is the decision's review date: the definition's own hours say nothing then.
        if (now.Activity == "FollowUp" || !askedBefore.TryGetValue(step.Node, out var then))
        {
            return PreviewDoubt.None;
        }

        var (dueNow, dueThen) = (OpenSteps.Due(since, now, calendar), OpenSteps.Due(then.At, then.Step, calendar));
        return byDeadline && dueNow > dueThen ? PreviewDoubt.DeadlineLater
            : dueNow < dueThen && step.At > dueNow ? PreviewDoubt.DeadlineSooner
            : PreviewDoubt.None;
    }

    private ImmutableArray<(string, string?, string?)> Changes(string node, string old)
    {
        if (!askedBefore.TryGetValue(old, out var then) || !asked.TryGetValue(node, out var now))
        {
            return [];
        }

        return
        [
            .. then.Step.Inputs.Keys.Union(now.Step.Inputs.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(input => (input, Text(then.Step, input), Text(now.Step, input)))
                .Where(change => change.Item2 != change.Item3),
        ];
    }

    private static string? Text(AskedStep step, string input) => step.Inputs.TryGetValue(input, out var value) ? value.ToString() : null;

    private void Complete(string node, string outcome, IReadOnlyDictionary<string, JsonElement> outputs, DateTimeOffset at)
    {
        (state, var next) = EmbeddedFlow.Complete(definition, state, new(node, outcome, outputs));
        Note(asked, next, at);
    }

    /// <summary>The old definition goes along, to know what it asked and when.</summary>
    private void Advance(PastStep step)
    {
        if (before is null || stateBefore is null || !stateBefore.Open.Contains(step.Node) || !before.Nodes[step.Node].Ports.Contains(step.Outcome))
        {
            return;
        }

        (stateBefore, var next) = EmbeddedFlow.Complete(before, stateBefore, new(step.Node, step.Outcome, step.Outputs));
        Note(askedBefore, next, step.At);
    }

    private static void Note(Dictionary<string, (AskedStep, DateTimeOffset)> open, IReadOnlyList<AskedStep> steps, DateTimeOffset at)
    {
        foreach (var step in steps)
        {
            open[step.Node] = (step, at);
        }
    }

    private Dictionary<string, JsonElement> Inputs(WorkflowDefinition d) => d.Inputs.ToDictionary(
        i => i.Name,
        i => i.Name switch
        {
            CaseInputs.Reopened => JsonSerializer.SerializeToElement(past.Reopened),
            CaseInputs.Urgency => JsonSerializer.SerializeToElement(past.Urgency ?? "days"),
            _ => JsonSerializer.SerializeToElement("past"),
        },
        StringComparer.Ordinal);

    private Dictionary<string, JsonElement> NoOutputs(string node) => definition.Nodes[node].Step.Outputs
        .ToDictionary(o => o.Name, o => FlowTypes.Write(o.Type == FlowType.Boolean ? false : 0), StringComparer.Ordinal);

    private DateTimeOffset LastAt(PastStep step) => past.Steps.LastOrDefault(s => s.At < step.At)?.At ?? past.StartedAt;

    private string ActivityOf(string node) =>
        before?.Nodes.GetValueOrDefault(node)?.Step.Name ?? definition.Nodes.GetValueOrDefault(node)?.Step.Name ?? "";
}
