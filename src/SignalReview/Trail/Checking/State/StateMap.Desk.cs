using System.Text.Json;

namespace SignalReview.Trail.Checking.State;

/// <summary>The privacy officer's desk, the auditor's, and the organisation's own rows.</summary>
internal static partial class StateMap
{
    private static IEnumerable<StateTable> DeskTables =>
    [
        new("legal_holds", "placed_event"),
        new("erasures", "requested_event"),
        new("retention_cases", "case_id") { MayBeUntold = true },
        new("retention_rule_sets", "sha256") { Dossier = null, MayBeUntold = true },
        new("access_requests", "request_id") { Dossier = "request_id" },
        new("access_files", "request_id"),
        new("findings", "raised_event"),
        new("finding_replies", "event_id") { By = ("findings", "finding_id") },
        new("samples", "made_event") { Dossier = null },
        new("export_jobs", "requested_event") { Dossier = null },
        new("key_rotations", "event_id") { Dossier = null },
    ];

    private static IEnumerable<Effect> PrivacyEffects() =>
    [
        new Adds("hold.placed", "legal_holds",
        [
            C("placed_event", From.Id), C("hold_id", From.Body("hold")), C("ground", From.Body("ground")), C("until_on", From.Body("until")), C("placed_by_id", From.Actor), C("placed_at", From.At),
            C("lifted_by_id", From.Nothing), C("lifted_at", From.Nothing), C("lifted_event", From.Nothing),
        ]),
        new Changes("hold.lifted", "legal_holds", Rows.With("hold_id", From.Body("hold")), [C("lifted_by_id", From.Actor), C("lifted_at", From.At), C("lifted_event", From.Id)]),
        new Adds("erasure.requested", "erasures",
        [
            C("requested_event", From.Id), C("erasure_id", From.Body("erasure")), C("ground", From.Body("ground")), C("asked_by", From.Body("askedBy")), C("rule_id", From.Nothing),
            C("state", From.Text("requested")), C("requested_by_id", From.Actor), C("requested_at", From.At), C("checked_by_id", From.Nothing), C("checked_at", From.Nothing),
            C("checked_event", From.Nothing), C("settled_by_id", From.Nothing), C("settled_at", From.Nothing), C("settled_event", From.Nothing), C("erased_by_id", From.Nothing),
            C("erased_at", From.Nothing), C("erased_event", From.Nothing),
        ]),
        new Changes("erasure.checked", "erasures", OfErasure, [C("state", From.Text("checked")), C("checked_by_id", From.Actor), C("checked_at", From.At), C("checked_event", From.Id)]),
        new Changes("erasure.approved", "erasures", OfErasure, [C("state", From.Text("approved")), .. Settled]),
        new Changes("erasure.declined", "erasures", OfErasure, [C("state", From.Text("declined")), .. Settled]),
        // By now what was told of a request is gone with the rest, so of the rows only that they are there.
        new Changes("subject.erased", "erasures", Rows.All, Lost),
        new Changes("subject.erased", "erasures", OfErasure, [C("state", From.Text("erased")), C("ground", From.Body("ground")), C("asked_by", From.Body("askedBy")), C("erased_event", From.Id)]),
        new AddsOrChanges("subject.erased", "erasures", ByNoRule, [], [C("requested_event", From.Id), C("erasure_id", From.Body("erasure")), C("state", From.Text("erased")), C("erased_event", From.Id), C("rule_id", From.Body("rule"))]),
        new AddsOrChanges("retention.reckoned", "retention_cases", Rows.All, Reckoned, [C("case_id", From.Case), .. Reckoned]),
        new Changes("retention.noticed", "retention_cases", Rows.All, [C("state", Is(Noticed)), C("notice_event", From.Id), C("noticed_at", From.At)]),
        new Changes("retention.objected", "retention_cases", Rows.All,
            [C("state", From.Text("objected")), C("objection_event", From.Id), C("objected_by_id", From.Actor), C("objected_until", From.Body("until"))]),
        new Changes("retention.postponed", "retention_cases", Rows.All, [C("state", Is(Noticed)), C("postponed_until", From.Body("until")), .. NoObjection]),
        new Changes("retention.objectionDeclined", "retention_cases", Rows.All, [C("state", Is(Noticed)), .. NoObjection]),
        new Changes("subject.erased", "retention_cases", Rows.All, [C("state", Is(Claim.OneOf("running", "counting", "noticed", "objected", "erasing", "erased")))]),
        new AddsOrChanges("retention.rulesProposed", "retention_rule_sets", OfRules, Proposed, [C("sha256", From.Body("sha256")), .. RuleNames, .. Proposed]),
        new Changes("retention.rulesActivated", "retention_rule_sets", Rows.Both(Rows.Not(OfRules), Rows.In("state", "active")), [C("state", From.Text("past"))]),
        new Changes("retention.rulesActivated", "retention_rule_sets", OfRules, [C("state", From.Text("active")), C("activated_by_id", From.Actor), C("activated_at", From.At)]),
        new Changes("retention.rulesSentBack", "retention_rule_sets", OfRules, [C("state", Is(Claim.OneOf("loaded", "past")))]),
        new Adds("access.registered", "access_requests",
        [
            C("request_id", From.Case), C("state", From.Text("registered")), C("requester", From.Body("requester")), C("age", From.Body("age")), C("identity_check", From.Body("identity")),
            C("received_on", From.Body("receivedOn")), C("due_on", From.Body("dueOn")), C("extended", From.Number(0)), C("registered_by_id", From.Actor), C("registered_event", From.Id),
            C("decided_by_id", From.Nothing), C("decided_at", From.Nothing), C("decided_event", From.Nothing), C("refusal_ground", From.Nothing), C("answered_at", From.Nothing),
        ]),
        new Changes("access.extended", "access_requests", Rows.All, [C("due_on", From.Body("dueOn")), C("extended", From.Number(1))]),
        new Changes("access.granted", "access_requests", Rows.All, [C("state", From.Text("granted")), .. Decided]),
        new Changes("access.refused", "access_requests", Rows.All, [C("state", From.Text("refused")), C("refusal_ground", From.Body("ground")), .. Decided]),
        new Changes("access.answered", "access_requests", Rows.All, [C("state", From.Text("answered")), C("answered_at", From.At)]),
        new Adds("access.requested", "access_files",
        [
            C("request_id", From.Body("request")), C("state", From.Text("marking")), C("added_by_id", From.Actor), C("added_at", From.At), C("made_by_id", From.Nothing), C("made_at", From.Nothing),
            C("approved_by_id", From.Nothing), C("approved_at", From.Nothing), C("marks", From.Nothing), .. NoPage,
        ]),
        new Changes("access.marked", "access_files", OfRequest, [C("marks", Is(Claim.Content))]),
        new Changes("access.fileMade", "access_files", OfRequest,
        [
            C("state", From.Either("approved", "approved", "proposed")), C("made_by_id", From.Actor), C("made_at", From.At), C("approved_by_id", From.Nothing), C("approved_at", From.Nothing),
            C("page", Is(Claim.Content)), C("data", Is(Claim.Content)),
        ]),
        new Changes("access.fileApproved", "access_files", OfRequest, [C("state", From.Text("approved")), C("approved_by_id", From.Actor), C("approved_at", From.At)]),
        new Changes("access.fileReturned", "access_files", OfRequest, [C("state", From.Text("marking")), .. NoPage]),
        new Changes("access.fileExpired", "access_files", OfRequest, [C("state", From.Text("expired")), .. NoPage]),
        new Changes("subject.erased", "access_files", Rows.All, [C("state", From.Text("expired")), C("marks", From.Nothing), .. NoPage]),
    ];

    private static IEnumerable<Effect> AuditEffects() =>
    [
        new Changes("finding.raised", "findings", Rows.With("raised_event", From.Body("replaces")), [C("state", From.Text("superseded"))]),
        new Adds("finding.raised", "findings",
        [
            C("raised_event", From.Id), C("about_seq", From.Body("aboutSeq")), C("sample_id", From.Body("sample")), C("severity", From.Body("severity")), C("state", From.Text("open")),
            C("raised_by_id", From.Actor), C("raised_at", From.At), C("closed_by_id", From.Nothing), C("closed_at", From.Nothing), C("closed_event", From.Nothing),
        ]),
        new Changes("finding.replied", "findings", OfFinding, [C("state", From.Text("answered"))]),
        new Adds("finding.replied", "finding_replies", [C("event_id", From.Id), C("replied_by_id", From.Actor), C("replied_at", From.At)]),
        new Changes("finding.closed", "findings", OfFinding, [C("state", From.Text("closed")), C("closed_by_id", From.Actor), C("closed_at", From.At), C("closed_event", From.Id)]),
        new Adds("sample.drawn", "samples",
        [
            C("made_event", From.Id), C("made_by_id", From.Actor), C("made_at", From.At), C("seed", From.Body("seed")), C("unit", From.Body("unit")), C("amount", From.Body("amount")),
            C("strata", From.Body("strata")), C("population", From.Count("population")), C("drawn", From.Count("drawn")), C("tree_size", From.Body("treeSize")),
        ]),
        new Adds("export.asked", "export_jobs",
        [
            C("requested_event", From.Id), C("job_id", From.Body("job")), C("requested_by_id", From.Actor), C("requested_at", From.At), C("scope", From.Body("scope")), C("case_id", From.Body("case")),
            C("from_on", From.Body("from")), C("to_on", From.Body("to")), C("profile", From.Body("profile")), C("language", From.Body("language")),
            C("state", From.Of("needsApproval", needs => needs.GetBoolean() ? "asked" : UnderWay)), C("judged_by_id", From.Nothing), C("judged_at", From.Nothing), C("judged_event", From.Nothing),
            C("failure", From.Nothing), C("file_bytes", From.Nothing), C("file_sha256", From.Nothing),
        ]),
        new Changes("export.judged", "export_jobs", OfJob,
            [C("state", From.Of("approves", yes => yes.GetBoolean() ? UnderWay : "refused")), C("judged_by_id", From.Actor), C("judged_at", From.At), C("judged_event", From.Id)]),
        new Changes("export.built", "export_jobs", OfJob, [C("state", Is(Claim.OneOf("ready", "expired"))), C("file_bytes", From.Body("bytes")), C("file_sha256", From.Body("sha256"))]),
        new Changes("export.failed", "export_jobs", OfJob, [C("state", From.Text("failed")), C("failure", From.Body("code"))]),
        new Changes("export.expired", "export_jobs", OfJob, [C("state", From.Text("expired"))]),
        new Changes("export.cancelled", "export_jobs", OfJob, [C("state", From.Text("cancelled"))]),
        new Adds("trail.keyRotated", "key_rotations",
            [C("event_id", From.Id), C("new_key", From.Of("newKey", key => VerifierKey.Parse(key.GetString()!).IdText)), C("tree_size", From.Body("size")), C("at", From.At), C("note", From.Body("note"))]),
    ];

    private static Claim Noticed => Claim.OneOf("noticed", "erasing");

    /// <summary>Approved, and then the builder's; an erasure gives up what may hold the case.</summary>
    private static Claim UnderWay => Claim.OneOf("approved", "building", "expired");

    private static Where OfErasure => Rows.With("erasure_id", From.Body("erasure"));

    private static Where OfRules => Rows.With("sha256", From.Body("sha256"));

    private static Where OfRequest => Rows.With("request_id", From.Body("request"));

    private static Where OfFinding => Rows.With("raised_event", From.Body("finding"));

    private static Where OfJob => Rows.With("job_id", From.Body("job"));

    private static Col[] Settled => [C("settled_by_id", From.Actor), C("settled_at", From.At), C("settled_event", From.Id)];

    private static Col[] Decided => [C("decided_by_id", From.Actor), C("decided_at", From.At), C("decided_event", From.Id)];

    private static Col[] NoObjection => [C("objection_event", From.Nothing), C("objected_by_id", From.Nothing), C("objected_until", From.Nothing)];

    private static Col[] Proposed => [C("state", From.Text("proposed")), C("proposed_by_id", From.Actor), C("proposed_at", From.At), C("proposed_event", From.Id)];

    private static Col[] NoPage => [C("page", From.Nothing), C("data", From.Nothing)];

    private static Col[] RuleNames =>
    [
        C("rule_set", From.Of("rules", label => label.GetString()!.Split('@')[0])),
        C("version", From.Of("rules", label => long.Parse(label.GetString()!.Split('@')[^1], System.Globalization.CultureInfo.InvariantCulture))),
    ];

    private static Col[] Lost =>
    [
        C("state", From.Erased), C("rule_id", From.Erased), C("checked_by_id", From.Erased), C("checked_at", From.Erased), C("checked_event", From.Erased), C("settled_by_id", From.Erased),
        C("settled_at", From.Erased), C("settled_event", From.Erased), C("erased_by_id", From.Erased), C("erased_at", From.Erased), C("erased_event", From.Erased),
    ];

    private static Col[] Reckoned =>
    [
        C("sha256", From.Body("sha256")), C("rule_name", From.Body("rule")), C("ground", From.Body("ground")), C("due_on", From.Body("dueOn")),
        C("state", From.Of("rule", _ => Claim.OneOf("counting", "noticed", "objected", "erasing"), "running")),
        C("notice_event", From.Erased), C("noticed_at", From.Erased), C("objection_event", From.Erased), C("objected_by_id", From.Erased), C("objected_until", From.Erased),
    ];

    /// <summary>Whoever erased by a rule asked for nothing before.</summary>
    private static Match ByNoRule(Told told, ToldRow row) => From.Body("askedBy")(told) is "rule" ? Match.No : Match.Yes;
}
