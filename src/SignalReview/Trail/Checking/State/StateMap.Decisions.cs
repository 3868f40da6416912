namespace SignalReview.Trail.Checking.State;

/// <summary>What was decided, who saw it otherwise, what is done.</summary>
internal static partial class StateMap
{
    private static IEnumerable<StateTable> DecisionTables =>
    [
        new("decisions", "event_id"),
        new("dissents", "person_id"),
        new("follow_ups", "event_id"),
        new("reviews", "event_id"),
    ];

    private static IEnumerable<Effect> DecisionEffects() =>
    [
        new Adds("decision.made", "decisions",
        [
            C("event_id", From.Id), C("number", From.Body("number")), C("state", From.Body("state")), C("outcome", From.Body("outcome")), C("deviates", From.Body("deviates")),
            C("decided_by_id", From.Actor), C("decided_at", From.At), C("review_on", From.Body("reviewDate")), C("approver_id", From.Body("approver")), C("judged_at", From.Nothing),
            C("judged_event", From.Nothing),
        ]),
        new Changes("decision.approved", "decisions", OfNumber, [C("state", From.Text("approved")), C("judged_at", From.At), C("judged_event", From.Id)]),
        new Changes("decision.approved", "decisions", Rows.Both(Rows.Less("number", From.Body("number")), Rows.In("state", "immediate", "approved")), [C("state", From.Text("superseded"))]),
        new Changes("decision.returned", "decisions", OfNumber, [C("state", From.Text("returned")), C("judged_at", From.At), C("judged_event", From.Id)]),
        new AddsOrChanges("dissent.asked", "dissents", Rows.With("person_id", From.Body("person")),
            [C("state", From.Text("asked")), C("asked_event", From.Id), C("changed_at", From.At)],
            [C("person_id", From.Body("person")), C("state", From.Text("asked")), C("asked_event", From.Id), C("statement_event", From.Nothing), C("changed_at", From.At), .. NotCompared]),
        new AddsOrChanges("dissent.stated", "dissents", Mine,
            [C("state", From.Text("stated")), C("statement_event", From.Id), C("changed_at", From.At)],
            [C("person_id", From.Actor), C("state", From.Text("stated")), C("asked_event", From.Nothing), C("statement_event", From.Id), C("changed_at", From.At), .. NotCompared]),
        new Changes("dissent.waived", "dissents", Rows.Both(Mine, Rows.Not(Rows.Empty("statement_event"))), [C("state", From.Text("stated")), C("changed_at", From.At)]),
        new Changes("dissent.waived", "dissents", Rows.Both(Mine, Rows.Empty("statement_event")), [C("state", From.Text("waived")), C("changed_at", From.At)]),
        new Changes("dissent.compared", "dissents", Rows.With("statement_event", From.Body("dissent")),
            [C("compared_event", From.Id), C("compared_at", From.At), C("closing_event", From.Nothing)]),
        new Changes("dissent.closed", "dissents", Mine, [C("closing_event", From.Id)]),
        new Adds("followup.planned", "follow_ups",
        [
            C("event_id", From.Id), C("follow_up_id", From.Id), C("owner_id", From.Body("owner")), C("due_on", From.Body("due")), C("channel", From.Body("channel")), C("theme", From.Body("theme")),
            C("timing", From.Body("timing")), C("outside_hours", From.Body("outsideWorkingHours")), C("state", PlannedOrProposed), C("result_event", From.Nothing), C("done_at", From.Nothing),
        ]),
        new Changes("decision.approved", "follow_ups", Rows.In("state", "proposed"), [C("state", From.Text("planned"))]),
        new Changes("decision.returned", "follow_ups", Rows.In("state", "proposed"), [C("state", From.Text("dropped"))]),
        new Changes("followup.completed", "follow_ups", Rows.With("follow_up_id", From.Body("followUp")),
            [C("state", From.Either("dropped", "dropped", "done")), C("result_event", From.Id), C("done_at", From.At)]),
        new Adds("case.reviewed", "reviews", [C("event_id", From.Id), C("reviewed_by_id", From.Actor), C("reviewed_at", From.At)]),
    ];

    private static Col[] NotCompared => [C("compared_event", From.Nothing), C("compared_at", From.Nothing), C("closing_event", From.Nothing)];

    private static Where OfNumber => Rows.With("number", From.Body("number"));

    /// <summary>What comes with a decision waits for its approval, unless it was decided at once.</summary>
    private static object? PlannedOrProposed(Told told) =>
        told.Dossier["decisions"].Rows.LastOrDefault(row => row.Cause is { } cause && cause == told.Header.Cause) is not { } decision ? "planned"
        : decision["state"].Value switch
        {
            Unknown => Unknown.Value,
            "immediate" => "planned",
            _ => "proposed",
        };
}
