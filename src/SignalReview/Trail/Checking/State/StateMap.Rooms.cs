using System.Text.Json;
using SignalReview.Rooms;

namespace SignalReview.Trail.Checking.State;

/// <summary>The room, what was said in it, the votes.</summary>
internal static partial class StateMap
{
    private static IEnumerable<StateTable> RoomTables =>
    [
        new("rooms", "case_id"),
        new("attendance", "person_id"),
        new("messages", "event_id"),
        new("message_edits", "event_id"),
        new("vote_rounds", "round"),
        new("ballots", "event_id"),
        new("urns", "round"),
        new("urn_ballots", "round", "place"),
        new("minutes_notes", "event_id"),
        new("minutes_versions", "event_id"),
        new("minutes_answers", "number", "person_id"),
    ];

    private static IEnumerable<Effect> RoomEffects() =>
    [
        new AddsOrChanges("room.opened", "rooms", Rows.All,
            [C("method", From.Body("method")), C("phase_since", From.At)],
            [C("case_id", From.Case), C("method", From.Body("method")), C("round", From.Number(0)), C("phase_since", From.At), C("room_phase", From.Erased)]),
        Room("room.phase", C("room_phase", From.Erased)),
        Room("discussion.opened", C("round", From.Body("round")), C("room_phase", From.Erased)),
        Room("vote.opened", C("round", From.Body("round")), C("room_phase", From.Text("vote"))),
        Room("votes.revealed", C("round", From.Body("round")), C("room_phase", From.Text("revealed"))),
        Room("room.harvested", C("room_phase", From.Text("harvested"))),
        new Adds("room.joined", "attendance", [C("person_id", From.Actor), C("joined_at", From.At)]),
        new Adds("message.said", "messages",
        [
            C("event_id", From.Id), C("person_id", From.Actor), C("said_at", From.At), C("kind", From.Body("kind", "remark")), C("reply_to", From.Body("replyTo")),
            C("anchor_kind", From.Body("anchor.kind")), C("anchor_id", From.Body("anchor.id")), C("text_event", From.Nothing), C("edited_at", From.Nothing),
            C("retracted_at", From.Nothing), C("retracted_by_id", From.Nothing), C("retracted_event", From.Nothing),
        ]),
        new Changes("message.edited", "messages", OfMessage, [C("text_event", From.Id), C("edited_at", From.At)]),
        new Adds("message.edited", "message_edits", [C("event_id", From.Id), C("message_id", From.Body("message")), C("edited_at", From.At)]),
        new Changes("message.retracted", "messages", OfMessage, [C("retracted_at", From.At), C("retracted_by_id", From.Actor), C("retracted_event", From.Id)]),
        new Adds("minutes.noted", "minutes_notes", [C("event_id", From.Id), C("section", From.Body("section")), C("written_by_id", From.Actor), C("written_at", From.At)]),
        new Adds("minutes.proposed", "minutes_versions",
        [
            C("event_id", From.Id), C("number", From.Body("version")), C("state", From.Text("proposed")), C("proposed_by_id", From.Actor), C("proposed_at", From.At),
            C("due_at", From.Time("dueAt")), C("settled_at", From.Nothing),
        ]),
        new Adds("minutes.proposed", "minutes_answers",
            [C("number", From.Body("version")), C("person_id", From.Item("")), C("agrees", From.Nothing), C("answered_at", From.Nothing), C("event_id", From.Nothing)],
            Each: "asked"),
        new Changes("minutes.fixed", "minutes_versions", OfVersion, [C("state", From.Text("fixed")), C("settled_at", From.At)]),
        new Changes("minutes.takenBack", "minutes_versions", OfVersion, [C("state", From.Text("takenBack")), C("settled_at", From.At)]),
        new Changes("minutes.answered", "minutes_answers", Rows.Both(OfVersion, Mine), [C("agrees", From.Body("agrees")), C("answered_at", From.At), C("event_id", From.Id)]),
    ];

    private static IEnumerable<Effect> VoteEffects() =>
    [
        new AddsOrChanges("vote.opened", "vote_rounds", OfRound,
            [C("quorum", From.Body("quorum")), C("due_at", From.Time("dueAt"))],
            [
                C("round", From.Body("round")), C("quorum", From.Body("quorum")), C("options", From.List("options")), C("method", From.Body("method", "singleChoice")),
                C("proposal", From.Body("proposal")), C("required_roles", From.Of("requiredRoles", Required)), C("opened_at", From.At), C("due_at", From.Time("dueAt")),
                C("revealed_at", From.Nothing), C("reveal_reason", From.Nothing), C("missing_roles", From.Nothing),
            ]),
        new Changes("options.chosen", "vote_rounds", OfRound, [C("method", From.Body("method", "singleChoice")), C("proposal", From.Body("proposal")), C("options", From.List("options"))]),
        Extended("deadline.extended"),
        Extended("deadline.resumed"),
        Extended("deadline.paused"),
        new Changes("votes.revealed", "vote_rounds", OfRound,
            [C("revealed_at", From.At), C("reveal_reason", From.Body("reason")), C("missing_roles", From.List("missingRoles", ""))]),
        new Adds("vote.cast", "ballots",
        [
            C("event_id", From.Id), C("round", From.Body("round")), C("person_id", From.Actor), C("choice", From.Body("option")), C("answer", From.All(Answer)),
            C("concern", From.Body("concern")), C("confidence", From.Body("confidence")), C("cast_at", From.At),
        ]),
        // What is in an urn is told only when it is sealed, and then of nobody.
        new Adds("urn.cast", "ballots",
        [
            C("event_id", From.Id), C("round", From.Body("round")), C("person_id", From.Actor), C("choice", From.Nothing), C("answer", From.Nothing), C("concern", From.Nothing),
            C("confidence", From.Nothing), C("cast_at", From.At),
        ]),
        new AddsOrChanges("urn.cast", "urns", OfRound, [], [C("round", From.Body("round")), C("sealed_event", From.Nothing)]),
        new Changes("urn.sealed", "urns", OfRound, [C("sealed_event", From.Id)]),
        new Adds("urn.sealed", "urn_ballots",
        [
            C("round", From.Body("round")), C("place", From.Index), C("choice", From.Item("option")), C("answer", From.All(Answer)), C("concern", From.Item("concern")), C("confidence", From.Item("confidence")),
        ],
        Each: "ballots"),
    ];

    private static Where OfMessage => Rows.With("event_id", From.Body("message"));

    private static Where OfVersion => Rows.With("number", From.Body("version"));

    private static Where OfRound => Rows.With("round", From.Body("round"));

    private static Changes Room(string type, params Col[] told) => new(type, "rooms", Rows.All, [C("phase_since", From.At), .. told]);

    /// <summary>The votes' own deadline moves with the step that waits for them.</summary>
    private static Changes Extended(string type) => new(type, "vote_rounds", Rows.Both(Rows.Empty("revealed_at"), OfVotes), [C("due_at", From.Time("due"))]);

    private static Match OfVotes(Told told, ToldRow row) => From.Body("activity")(told) switch
    {
        "CollectVotes" => Match.Yes,
        string => Match.No,
        _ => Match.Perhaps,
    };

    /// <summary>A reader is always required, so a row that names nobody from outside need not say so.</summary>
    private static object Required(JsonElement roles)
    {
        var all = roles.EnumerateArray().Select(r => r.GetString()).ToList();
        string[] texts = [string.Join(',', all), string.Join(',', all.SkipLast(all is [.., "reader"] ? 1 : 0))];
        return new Claim("the vote was opened for others", (value, _) => value is string text && texts.Contains(text, StringComparer.Ordinal));
    }

    private static object? Answer(JsonElement body) => body.Deserialize<Ballot>(TrailJson.Options)?.Answer().Text;
}
