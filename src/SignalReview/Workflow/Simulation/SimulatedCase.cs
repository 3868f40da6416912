using System.Collections.Immutable;
using System.Text.Json;
using SignalReview.Cases;

namespace SignalReview.Workflow.Simulation;

/// <summary>A step that was asked and came to an end.</summary>
internal sealed record SimulatedStep(string Node, string Activity, string Outcome, DateTimeOffset AskedAt, DateTimeOffset At, bool Reminded);

/// <param name="ApprovedAt">When the decision was approved last; null when the definition asks no approval.</param>
/// <param name="Asked">How many colleagues were invited to read.</param>
/// <param name="Readings">How many readings came in.</param>
/// <param name="Finished">False when it went on for more steps than any case should.</param>
internal sealed record SimulatedResult(
    DateTimeOffset StartedAt, DateTimeOffset EndedAt, DateTimeOffset? ApprovedAt, int Asked, int Readings, bool Finished, ImmutableArray<SimulatedStep> Steps);

/// <summary>Plays one case on the embedded engine. The same seed gives the same case.</summary>
internal sealed class SimulatedCase
{
    private const string Reading = "reading";

    private readonly WorkflowDefinition definition;
    private readonly SimulationModel model;
    private readonly Chance chance;
    private readonly Dictionary<string, Waiting> open = new(StringComparer.Ordinal);
    private readonly List<SimulatedStep> steps = [];
    private readonly List<Person> readers = [];
    private readonly Person owner = new(DateTimeOffset.MinValue);
    private readonly Dictionary<string, DateTimeOffset> doneAt = new(StringComparer.Ordinal);
    private DateTimeOffset now;
    private DateTimeOffset? approved;
    private DateTimeOffset? review;
    private int pool;
    private int asked;

    private SimulatedCase(WorkflowDefinition definition, SimulationModel model, int seed, int number)
    {
        this.definition = definition;
        this.model = model;
        chance = new(unchecked((seed * 1_000_003) + number), model.Spread);
        pool = model.Readers;
    }

    /// <param name="seed">Of the whole simulation.</param>
    /// <param name="number">Of the case; it does not depend on how many others are played.</param>
    public static SimulatedResult Play(WorkflowDefinition definition, SimulationModel model, int seed, int number) =>
        new SimulatedCase(definition, model, seed, number).Play();

    private SimulatedResult Play()
    {
        now = Begin();
        var started = now;
        var (state, first) = EmbeddedFlow.Start(definition, Inputs());
        Ask(first);
        while (!state.Finished && steps.Count < model.MostSteps)
        {
            var (node, step) = open.MinBy(o => (o.Value.At, o.Key));
            open.Remove(node);
            now = step.At;
            var (outcome, outputs) = step.Complete();
            steps.Add(new(node, step.Step.Activity, outcome, step.AskedAt, now, step.RemindAt < now));
            approved = outcome == "Approved" ? now : approved;
            (state, var next) = EmbeddedFlow.Complete(definition, state, new(node, outcome, outputs));
            foreach (var ended in open.Keys.Except(state.Open, StringComparer.Ordinal).ToList())
            {
                open.Remove(ended); // a join went on without it
            }

            Ask(next);
        }

        return new(started, now, approved, asked, readers.Count(r => r.HasRead(now)), state.Finished, [.. steps]);
    }

    private DateTimeOffset Begin()
    {
        var midnight = new DateTimeOffset(model.From.ToDateTime(default), TimeSpan.Zero);
        DateTimeOffset at;
        do
        {
            at = (midnight + TimeSpan.FromDays(365 * chance.Next())).Truncate();
        }
        while (!WorkingTime.IsWorking(model.Calendar, at));
        return at;
    }

    private Dictionary<string, JsonElement> Inputs() => definition.Inputs.ToDictionary(
        i => i.Name,
        i => i.Name switch
        {
            CaseInputs.Urgency => JsonSerializer.SerializeToElement(chance.Next() switch { < 0.2 => "none", < 0.75 => "days", _ => "today" }),
            CaseInputs.Reopened => JsonSerializer.SerializeToElement(false),
            _ => JsonSerializer.SerializeToElement("simulated"),
        },
        StringComparer.Ordinal);

    private void Ask(IReadOnlyList<AskedStep> steps)
    {
        foreach (var step in steps)
        {
            open[step.Node] = Wait(step);
        }
    }

    private Waiting Wait(AskedStep step) => step.Activity switch
    {
        "InviteReaders" => Invite(step),
        "CollectInterpretations" => Collect(step, [.. readers.Select(r => Answer(r, Reading, step.Activity))]),
        "CollectVotes" => Collect(step, [.. readers.Append(owner).Select(v => Answer(v, $"{step.OptionalInt("Round")}", step.Activity))]),
        StepCatalog.Delay => new(step, now, now + step.TimeSpan("TimeSpan"), null, () => ("Done", Outputs(step))),
        "Escalate" => Tell(step),
        _ when definition.Nodes[step.Node].Step.Waits => Alone(step),
        _ => new(step, now, now, null, () => (definition.Nodes[step.Node].Ports[0], Outputs(step))),
    };

    /// <summary>A step that waits for one person: done, or late.</summary>
    private Waiting Alone(AskedStep step)
    {
        var due = Due(step);
        var done = doneAt.Remove(step.Node, out var before) && before > now ? before : Later(now, step.Activity);
        if (done <= due)
        {
            return new(step, now, done, Remind(step, due), () => (Chosen(step), Outputs(step)));
        }

        doneAt[step.Node] = done; // who is late goes on where they were
        return new(step, now, due, Remind(step, due), () => ("Deadline", Outputs(step)));
    }

    private Waiting Invite(AskedStep step)
    {
        var wanted = step.Int("Count");
        while (readers.Count < wanted && Find(step.Int("AcceptWithinHours")) is { } reader)
        {
            readers.Add(reader);
        }

        var outcome = readers.Count >= wanted ? "Invited" : "TooFew";
        return new(step, now, now, null, () => (outcome, Outputs(step)));
    }

    /// <summary>Asks one after the other until somebody accepts; each has their time.</summary>
    private Person? Find(int acceptHours)
    {
        var at = now;
        while (pool > 0)
        {
            pool--;
            asked++;
            var latest = WorkingTime.Add(model.Calendar, at, TimeSpan.FromHours(acceptHours));
            var answer = WorkingTime.Add(model.Calendar, at, chance.Time(model.Medians[SimulationModel.Accept]));
            var draw = chance.Next();
            if (draw >= model.Declines + model.Away && answer <= latest)
            {
                return new(answer);
            }

            at = draw < model.Declines && answer < latest ? answer : latest;
        }

        return null;
    }

    private Waiting Collect(AskedStep step, IReadOnlyList<DateTimeOffset?> answers)
    {
        var due = Due(step);
        var quorum = step.Int("Quorum");
        var known = answers.Where(a => a is not null).Select(a => a!.Value).Order().ToList();
        var early = chance.Next() < model.Early && known.Count >= quorum;
        var all = known.Count == answers.Count && known.Count > 0 ? known[^1] : (DateTimeOffset?)null;
        var (at, outcome) = early && known[quorum - 1] < due && known[quorum - 1] != all ? (known[quorum - 1], "Early")
            : all <= due ? (all.Value, "AllIn")
            : (due, known.Count(a => a <= due) >= quorum ? "Quorum" : "TooFew");
        at = at < now ? now : at;
        return new(step, now, at, Remind(step, due), () => (outcome, Outputs(step)));
    }

    /// <summary>When somebody answers; null when they forget it, until somebody reminds them.</summary>
    private DateTimeOffset? Answer(Person person, string what, string activity)
    {
        if (!person.Answers.TryGetValue(what, out var at) || (at is null && person.Reminded))
        {
            var forgets = person != owner && !person.Reminded && chance.Next() < model.Forgets;
            person.Answers[what] = at = forgets ? null : Later(person.From, activity);
        }

        return at;
    }

    // Who is told finds a reader, and reminds those who forgot.
    private Waiting Tell(AskedStep step)
    {
        var reason = step.OptionalText("Reason");
        if (reason == "tooFewReaders")
        {
            pool++;
        }

        if (reason is "tooFewReadings" or "tooFewVotes")
        {
            foreach (var reader in readers)
            {
                reader.Reminded = true;
            }
        }

        return new(step, now, now, null, () => ("Done", Outputs(step)));
    }

    private DateTimeOffset Due(AskedStep step)
    {
        if (step.Activity == "FollowUp" && (review ??= WorkingTime.Add(model.Calendar, now, TimeSpan.FromHours(model.ReviewAfter))) > now)
        {
            return review.Value;
        }

        return OpenSteps.Due(now, step, model.Calendar);
    }

    private static DateTimeOffset? Remind(AskedStep step, DateTimeOffset due) =>
        step.OptionalInt("ReminderHours") is { } before ? due - TimeSpan.FromHours(before) : null;

    private DateTimeOffset Later(DateTimeOffset from, string activity)
    {
        var start = from > now ? from : now;
        var time = chance.Time(model.Medians.GetValueOrDefault(activity, TimeSpan.FromHours(2)));
        return activity == "AwaitImmediateDecision" ? start + time : WorkingTime.Add(model.Calendar, start, time);
    }

    private string Chosen(AskedStep step) => step.Activity switch
    {
        "Compare" => chance.Next() < model.OpensRoom ? "OpenRoom" : "Decide",
        "Weigh" => step.Int("Round") < step.Int("MaxRounds") && chance.Next() < model.SecondRound ? "SecondRound" : "Harvest",
        "AskApproval" => chance.Next() < model.Returns ? "Returned" : "Approved",
        _ => definition.Nodes[step.Node].Ports.First(p => p != "Deadline"),
    };

    private Dictionary<string, JsonElement> Outputs(AskedStep step) => definition.Nodes[step.Node].Step.Outputs.ToDictionary(
        o => o.Name,
        o => o.Name switch
        {
            "MaxConcern" => JsonSerializer.SerializeToElement(Enumerable.Range(0, Math.Max(1, readers.Count(r => r.HasRead(now)))).Max(_ => chance.Concern())),
            "Divergent" => JsonSerializer.SerializeToElement(chance.Next() < model.Diverges),
            "Readings" => JsonSerializer.SerializeToElement(readers.Count(r => r.HasRead(now))),
            "Agreement" => JsonSerializer.SerializeToElement(40 + (int)(chance.Next() * 60)),
            _ => FlowTypes.Write(o.Type == FlowType.Boolean ? false : 0),
        },
        StringComparer.Ordinal);

    private sealed record Waiting(
        AskedStep Step, DateTimeOffset AskedAt, DateTimeOffset At, DateTimeOffset? RemindAt, Func<(string Outcome, Dictionary<string, JsonElement> Outputs)> Complete);

    private sealed class Person(DateTimeOffset from)
    {
        /// <summary>They can answer from then on.</summary>
        public DateTimeOffset From => from;

        public bool Reminded { get; set; }

        public Dictionary<string, DateTimeOffset?> Answers { get; } = new(StringComparer.Ordinal);

        public bool HasRead(DateTimeOffset at) => Answers.GetValueOrDefault(Reading) <= at;
    }
}
