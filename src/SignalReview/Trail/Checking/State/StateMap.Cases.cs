namespace SignalReview.Trail.Checking.State;

/// <summary>The case itself, who reads it, what they asked and read.</summary>
internal static partial class StateMap
{
    private static IEnumerable<StateTable> CaseTables =>
    [
        new("cases", "case_id"),
        new("case_tags", "tag"),
        new("additions", "event_id"),
        new("attachments", "event_id"),
        new("invitations", "invited_event"),
        new("questions", "asked_event"),
        new("interpretations", "event_id"),
        new("missing_checks", "event_id"),
        new("enquiries", "reading_event"),
        new("emergency_accesses", "opened_event"),
    ];

    private static IEnumerable<Effect> CaseEffects() =>
    [
        new Adds("case.drafted", "cases",
        [
            C("case_id", From.Case), C("phase", From.Text("draft")), C("phase_since", From.At), C("submitter_id", From.Actor), C("owner_id", From.Actor), C("created_at", From.At),
            C("facilitator_id", From.Nothing), C("co_facilitator_id", From.Nothing), C("workflow", From.Nothing), C("urgency", From.Nothing), C("subject_kind", From.Nothing),
            C("age_band", From.Nothing), C("platform", From.Nothing), C("visibility", From.Nothing), C("access_route", From.Nothing), C("submitted_at", From.Nothing),
            C("submission_event", From.Nothing), C("revealed_at", From.Nothing), C("reveal_reason", From.Nothing), C("escalated_at", From.Nothing), C("escalation", From.Nothing),
            C("review_on", From.Nothing), C("closed_at", From.Nothing), C("reading_anonymity", From.Nothing), C("vote_anonymity", From.Nothing), C("erased_at", From.Nothing),
        ]),
        Case("signal.submitted",
            C("phase", Is(Claim.RunningPhase)), C("phase_since", Is(Claim.TimeOfAnEvent)), C("workflow", From.Policy), C("submitted_at", From.At), C("submission_event", From.Id),
            C("urgency", From.Body("urgency")), C("subject_kind", From.Body("subjectKind")), C("age_band", From.Body("ageBand")), C("platform", From.Body("online.platform")),
            C("visibility", From.Body("online.visibility")), C("access_route", From.Body("online.accessRoute"))),
        new Adds("signal.submitted", "case_tags", [C("tag", From.Item(""))], Each: "tags"),
        Case("signal.stopped", C("phase", From.Text("stopped")), C("phase_since", From.At), C("access_route", From.Text("unlawful")), C("submitted_at", From.At)),
        Case("case.withdrawn", C("phase", From.Text("withdrawn")), C("phase_since", From.At)),
        Case("case.stopped", C("phase", From.Text("stopped")), C("phase_since", From.At)),
        Case("stop.handled", C("closed_at", From.At)),
        Case("case.closed", C("phase", From.Text("closed")), C("phase_since", From.At), C("closed_at", From.At)),
        Case("case.reopened", C("phase", Is(Claim.RunningPhase)), C("phase_since", Is(Claim.TimeOfAnEvent)), C("closed_at", From.Nothing), C("workflow", From.Policy)),
        Case("case.transferred", C("owner_id", From.Body("person"))),
        new Changes("facilitator.appointed", "cases", Rows.With("co_facilitator_id", From.Body("person")), [C("co_facilitator_id", From.Nothing)]),
        Case("facilitator.appointed", C("facilitator_id", From.Body("person"))),
        Case("coFacilitator.appointed", C("co_facilitator_id", From.Body("person"))),
        Case("coFacilitator.withdrawn", C("co_facilitator_id", From.Nothing)),
        Case("anonymity.tightened", C("reading_anonymity", From.Body("readings")), C("vote_anonymity", From.Body("votes"))),
        Case("case.escalated", C("escalated_at", From.At), C("escalation", From.Body("reason"))),
        // A step that came to a result settles it; one that ended at its deadline, with too few or by passing the time does not.
        new Changes("step.completed", "cases", (told, _) => Settles(told), [C("escalated_at", From.Nothing), C("escalation", From.Nothing)]),
        new Changes("interpretations.revealed", "cases", Rows.Empty("revealed_at"), [C("revealed_at", From.At), C("reveal_reason", From.Body("reason"))]),
        Case("decision.made", C("review_on", ReviewAtOnce)),
        Case("decision.approved", C("review_on", ReviewOf)),
        new Adds("signal.added", "additions", [C("event_id", From.Id), C("added_by_id", From.Actor), C("added_at", From.At)]),
        new Adds("image.attached", "attachments",
        [
            C("event_id", From.Id), C("attachment_id", From.Body("image")), C("added_by_id", From.Actor), C("added_at", From.At),
            C("original_sha256", From.Body("originalSha256")), C("kept_sha256", From.Body("keptSha256")),
        ]),
        new Removes("image.removed", "attachments", Rows.With("attachment_id", From.Body("image"))),
        new Removes("subject.erased", "case_tags", Rows.All),
        new Removes("subject.erased", "attachments", Rows.All),
        new Changes("subject.erased", "cases", Rows.With("phase", From.Text("draft")), [C("phase", From.Text("withdrawn"))]),
        new Changes("subject.erased", "cases", Rows.Empty("erased_at"),
        [
            C("erased_at", From.At), C("subject_kind", From.Nothing), C("age_band", From.Nothing), C("platform", From.Nothing), C("visibility", From.Nothing), C("access_route", From.Nothing),
        ]),
    ];

    private static IEnumerable<Effect> ReadingEffects() =>
    [
        new Adds("reader.invited", "invitations",
        [
            C("invited_event", From.Id), C("person_id", From.Body("person")), C("state", From.Text("invited")), C("near", From.Body("near")), C("conflict", From.Number(0)),
            C("invited_at", From.At), C("responded_at", From.Nothing), C("ready_at", From.Nothing),
        ]),
        .. Accepting.Select(type => new Changes(type, "invitations", Rows.Both(Mine, Rows.With("state", From.Text("invited"))), [C("state", From.Text("accepted")), C("responded_at", From.At)])),
        Drop("reader.declined", Mine, "declined", From.Body("conflictOfInterest")),
        Drop("reader.replaced", Rows.With("person_id", From.Body("reader")), "replaced", From.Number(0)),
        Drop("reader.expired", Rows.With("person_id", From.Body("person")), "expired", From.Number(0)),
        new Changes("reader.ready", "invitations", Rows.Both(Mine, Rows.Empty("ready_at")), [C("ready_at", From.At)]),
        new Adds("question.asked", "questions",
        [
            C("asked_event", From.Id), C("question_id", From.Id), C("asked_by_id", From.Actor), C("asked_at", From.At), C("answered_at", From.Nothing), C("answered_event", From.Nothing), C("helped", From.Nothing),
        ]),
        new Changes("question.answered", "questions", Rows.With("question_id", From.Body("question")), [C("answered_at", From.At), C("answered_event", From.Id)]),
        new Changes("question.marked", "questions", Rows.With("question_id", From.Body("question")), [C("helped", From.Body("helped"))]),
        new Adds("interpretation.submitted", "interpretations",
        [
            C("event_id", From.Id), C("person_id", From.Actor), C("kind", From.Body("kind")), C("reading_position", From.Body("readingPosition")), C("concern", From.Body("concern")),
            C("confidence", From.Body("confidence")), C("submitted_at", From.At), C("revealed_at", From.Nothing),
        ]),
        new Changes("interpretations.revealed", "interpretations", Rows.Empty("revealed_at"), [C("revealed_at", From.At)]),
        new Adds("missing.checked", "missing_checks",
        [
            C("event_id", From.Id), C("reading_event", From.Body("interpretation")), C("place", From.Less("place", 1)), C("person_id", From.Actor), C("checked_at", From.At),
        ]),
        new Removes("missing.unchecked", "missing_checks", Rows.Both(Rows.With("reading_event", From.Body("interpretation")), Rows.With("place", From.Less("place", 1)))),
        new Adds("enquiry.taken", "enquiries",
        [
            C("reading_event", From.Body("interpretation")), C("state", From.Text("taken")), C("taken_by_id", From.Actor), C("taken_at", From.At), C("report_event", From.Nothing),
            C("reported_at", From.Nothing), C("reading_change", From.Nothing), C("answer_event", From.Nothing), C("answered_at", From.Nothing),
        ]),
        new Removes("enquiry.left", "enquiries", OfReading),
        new Changes("enquiry.reported", "enquiries", OfReading, [C("state", From.Text("reported")), C("report_event", From.Id), C("reported_at", From.At)]),
        new Changes("enquiry.answered", "enquiries", OfReading,
            [C("state", From.Text("answered")), C("reading_change", From.Body("change")), C("answer_event", From.Id), C("answered_at", From.At)]),
        new Adds("emergency.opened", "emergency_accesses",
        [
            C("opened_event", From.Id), C("person_id", From.Actor), C("opened_at", From.At), C("ends_at", From.Time("endsAt")), C("verdict", From.Nothing), C("reviewed_by_id", From.Nothing),
            C("reviewed_at", From.Nothing), C("reviewed_event", From.Nothing),
        ]),
        new Changes("emergency.reviewed", "emergency_accesses", Rows.With("opened_event", From.Body("access")),
            [C("verdict", From.Body("verdict")), C("reviewed_by_id", From.Actor), C("reviewed_at", From.At), C("reviewed_event", From.Id)]),
    ];

    /// <summary>Whoever is invited and does one of these has accepted.</summary>
    private static string[] Accepting => ["reader.accepted", "reader.ready", "interpretation.submitted", "room.joined", "message.said", "hand.raised", "vote.cast", "urn.cast"];

    private static Where Mine => Rows.With("person_id", From.Actor);

    private static Where OfReading => Rows.With("reading_event", From.Body("interpretation"));

    private static Changes Case(string type, params Col[] told) => new(type, "cases", Rows.All, told);

    private static Changes Drop(string type, Where who, string state, Source conflict) => new(type, "invitations", Rows.Both(who, Rows.In("state", "invited", "accepted")),
        [C("state", From.Text(state)), C("conflict", conflict), C("responded_at", From.At)]);

    /// <summary>What was decided at once holds at once.</summary>
    private static object? ReviewAtOnce(Told told) => From.Body("state")(told) switch
    {
        Unknown => Unknown.Value,
        "immediate" => From.Body("reviewDate")(told),
        _ => From.Standing,
    };

    private static object? ReviewOf(Told told) => From.Body("number")(told) is long number
        ? told.Dossier["decisions"].Rows.LastOrDefault(row => Equals(row["number"].Value, number))?["review_on"].Value ?? Unknown.Value
        : Unknown.Value;

    private static Match Settles(Told told) => From.Body("outcome")(told) switch
    {
        "Deadline" or "TooFew" or "Done" => Match.No,
        string => Match.Yes,
        _ => Match.Perhaps,
    };
}
