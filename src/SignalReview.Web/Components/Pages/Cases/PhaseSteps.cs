using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.Web.Components.Kit;
using SignalReview.Web.Localization;
using SignalReview.Workflow;

namespace SignalReview.Web.Components.Pages.Cases;

/// <summary>A case's way as a line: what is done, what is waited for and on whom, what comes. Which steps it has is its definition's to say.</summary>
internal sealed class PhaseSteps(DefinitionLibrary definitions, Texts texts, TimeWords words)
{
    private static readonly string[] Way =
        ["AwaitImmediateDecision", "Clarify", "CollectInterpretations", "Compare", "Discuss", "AskDecision", "AskApproval", "FollowUp"];

    public IReadOnlyList<Step> For(CaseView view)
    {
        var way = WayOf(view);
        var now = Place(view, way);
        var steps = way.Select((activity, place) => StepFor(view, activity, place, now));
        return
        [
            new(texts["Case.Step.Submitted"], StepState.Done, texts["Case.By", view.People.Submitter.Name]),
            .. view.Phase is CasePhase.Withdrawn or CasePhase.Stopped ? steps.Where(step => step.State == StepState.Done) : steps,
            Last(view),
        ];
    }

    /// <summary>What the case waits for now; null when nothing is asked of anyone.</summary>
    public static string? Asked(CaseView view) => view.Waiting.Count == 0 ? null : Station(view.Waiting[0].Activity);

    private string[] WayOf(CaseView view)
    {
        var definition = definitions.Find(view.Facts.Workflow?.Split('@')[0] ?? "");
        return definition is null
            ? Way[1..]
            : [.. Way.Where(activity => definition.Nodes.Values.Any(node => node.Type == $"{StepCatalog.Prefix}{activity}"))];
    }

    /// <summary>Where the case stands on its way: before it, at one of its steps, or past it.</summary>
    private static int Place(CaseView view, string[] way) => Asked(view) is { } asked
        ? Array.IndexOf(way, asked)
        : view.Phase switch
        {
            CasePhase.Draft or CasePhase.Submitted => Array.IndexOf(way, "Clarify"),
            CasePhase.Clarifying => Array.IndexOf(way, "Clarify"),
            CasePhase.Interpreting => Array.IndexOf(way, "CollectInterpretations"),
            CasePhase.Comparing => Array.IndexOf(way, "Compare"),
            CasePhase.Room => Array.IndexOf(way, "Discuss"),
            CasePhase.Deciding => Array.IndexOf(way, "AskDecision"),
            CasePhase.Approving => Array.IndexOf(way, "AskApproval"),
            CasePhase.FollowUp => Array.IndexOf(way, "FollowUp"),
            CasePhase.Closed => way.Length,
            CasePhase.Withdrawn or CasePhase.Stopped => Reached(view, way),
        };

    /// <summary>How far a case came that was ended on its way.</summary>
    private static int Reached(CaseView view, string[] way)
        => view.Decisions.Count > 0 ? Array.IndexOf(way, "AskApproval")
            : view.Room is not null ? Array.IndexOf(way, "AskDecision")
            : view.Facts.RevealedAt is not null ? Array.IndexOf(way, "Compare")
            : 0;

    private static string Station(string activity) => activity is "CollectVotes" or "Weigh" ? "Discuss" : activity;

    private Step StepFor(CaseView view, string activity, int place, int now)
    {
        var state = place < now ? StepState.Done : place == now ? StepState.Current : StepState.Next;
        var title = texts[$"Case.Step.{activity}"];
        if (state == StepState.Next)
        {
            return new(title, state, activity == "Discuss" ? texts["Case.Step.IfNeeded"] : null);
        }

        if (state == StepState.Done)
        {
            return new(title, state, Result(view, activity));
        }

        var step = view.Waiting.FirstOrDefault(waiting => Station(waiting.Activity) == activity);
        // A review has a day, not an hour.
        return activity == "FollowUp" && view.Facts.ReviewOn is { } day
            ? new(title, state, texts["Case.Step.LookBack", words.ExactDate(day)])
            : new(title, state, Waits(view, activity, step), step?.DueAt);
    }

    private string? Waits(CaseView view, string activity, OpenStepView? step)
    {
        if (activity == "CollectInterpretations")
        {
            return texts["Case.Step.ReadingsIn", view.Readings.In, view.Readings.Asked];
        }

        if (step is null)
        {
            return view.Facts.Escalation is null ? texts["Case.Step.LookingForReaders"] : texts["Case.Step.CoordinatorLooks"];
        }

        return step.WaitsOn.Count == 0 ? null : texts["Case.Step.WaitsOn", string.Join(", ", step.WaitsOn.Select(person => person.Name))];
    }

    private string? Result(CaseView view, string activity) => activity switch
    {
        "Clarify" => view.Questions.Count == 0
            ? texts["Case.Step.NoQuestions"]
            : texts["Case.Step.Questions", view.Questions.Count, view.Questions.Count(question => question.AnsweredAt is not null)],
        "CollectInterpretations" => texts["Case.Step.ReadingsRevealed", view.Readings.In],
        "Discuss" => view.Room is { Rounds.Count: > 0 } room ? texts["Case.Step.Rounds", room.Rounds.Count]
            : view.Room is null ? texts["Case.Step.NoRoom"] : null,
        "AwaitImmediateDecision" or "AskDecision" => view.Decisions.LastOrDefault(decision =>
            decision.State == DecisionState.Immediate == (activity == "AwaitImmediateDecision"))?.Content?.Outcome is { } outcome
                ? texts.Of(outcome)
                : null,
        "AskApproval" => view.Decisions.LastOrDefault(decision => decision.State == DecisionState.Approved)?.Approver is { } approver
            ? texts["Case.By", approver.Name]
            : null,
        _ => null,
    };

    private Step Last(CaseView view) => view.Phase switch
    {
        CasePhase.Withdrawn => new(texts.Of(CasePhase.Withdrawn), StepState.Current),
        CasePhase.Stopped => new(texts.Of(CasePhase.Stopped), StepState.Current),
        CasePhase.Closed => new(texts.Of(CasePhase.Closed), StepState.Current),
        _ => new(texts["Case.Step.Close"], StepState.Next),
    };
}
