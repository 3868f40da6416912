using System.Text.Json;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Storage;

namespace SignalReview.Trail.Audit;

/// <summary>Tells a case's events as chapters and days. Pure.</summary>
internal static class StoryTeller
{
    /// <summary>Where the story goes on to another part of it.</summary>
    private static readonly Dictionary<string, StoryChapterKind> Openers = new(StringComparer.Ordinal)
    {
        ["question.asked"] = StoryChapterKind.Clarifying,
        ["clarifying.finished"] = StoryChapterKind.Reading,
        ["interpretation.submitted"] = StoryChapterKind.Reading,
        ["interpretations.revealed"] = StoryChapterKind.Comparing,
        ["room.opened"] = StoryChapterKind.Room,
        ["vote.opened"] = StoryChapterKind.Voting,
        ["votes.revealed"] = StoryChapterKind.Weighing,
        ["decision.made"] = StoryChapterKind.Deciding,
        ["decision.approved"] = StoryChapterKind.FollowUp,
        ["case.closed"] = StoryChapterKind.Ended,
        ["case.withdrawn"] = StoryChapterKind.Ended,
        ["case.stopped"] = StoryChapterKind.Ended,
        ["case.reopened"] = StoryChapterKind.Again,
    };

    /// <summary>In the trail, but not what happened.</summary>
    private static readonly HashSet<string> Besides = new(StringComparer.Ordinal)
    {
        "case.read", "step.asked", "step.completed", "deadline.reminded", "deadline.fired", "trail.exported", "hand.raised", "hand.lowered", "floor.given", "floor.ended",
        "room.clock", "room.timeUp", "workflow.healed", "workflow.takenOver", "command.refused",
    };

    /// <summary>What weighs enough to ask who knew what then.</summary>
    private static readonly HashSet<string> Weighty = new(StringComparer.Ordinal) { "interpretations.revealed", "votes.revealed", "decision.made", "decision.approved" };

    /// <summary>Where an event says in one sentence what somebody wrote; the first that is there.</summary>
    private static readonly string[] Sentences =
    [
        "statement", "rationale", "text", "question", "answer", "found", "conclusion", "reason", "remark", "why", "purpose", "measures", "action", "result", "actualMeaning",
        "consultationQuestion", "encodingHypothesis", "happened", "word",
    ];

    public static IReadOnlyList<StoryChapter> Chapters(IReadOnlyList<TrailEvent> events, Seen? seen, PeopleSnapshot people, TimeZoneInfo zone)
    {
        var chapters = new List<(StoryChapterKind Kind, List<StoryLine> Lines)> { (StoryChapterKind.Signal, []) };
        var partakers = new List<PersonId>();
        foreach (var item in events)
        {
            if (Openers.TryGetValue(item.Type, out var kind) && chapters[^1].Kind != kind)
            {
                chapters.Add((kind, []));
            }

            var beside = Besides.Contains(item.Type);
            if (!beside && item.Actor is { } actor && actor.Id != PersonId.System && !partakers.Contains(actor.Id))
            {
                partakers.Add(actor.Id);
            }

            chapters[^1].Lines.Add(new(item, Said(item), beside, Knowledge(item, seen, partakers, people)));
        }

        return [.. chapters.Where(c => c.Lines.Count > 0).Select(c => new StoryChapter(c.Kind, [.. Days(c.Lines, zone)]))];
    }

    public static IReadOnlyList<StoryDecision> Decisions(IReadOnlyList<TrailEvent> events)
    {
        var decisions = new List<StoryDecision>();
        var dissents = new List<StoryDissent>();
        foreach (var item in events)
        {
            switch (item.Type)
            {
                case "dissent.stated":
                    dissents.RemoveAll(d => d.By is not null && d.By == item.Actor); // stated anew: that one counts
                    dissents.Add(new(item.Actor, item.CaseSeq, item.Proof, Text(item.Body, "statement")));
                    decisions = [.. decisions.Select((d, i) => i == decisions.Count - 1 ? d with { Dissents = [.. dissents] } : d)];
                    break;
                case "decision.made" when item.At is { } at:
                    decisions.Add(new(
                        item.CaseSeq, at, item.Actor, item.Proof, Enums.TryParse<VoteOption>(Text(item.Body, "outcome"), out var outcome) ? outcome : null,
                        item.Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("deviates", out var deviates) && deviates.ValueKind == JsonValueKind.True,
                        Text(item.Body, "rationale"), Text(item.Body, "weighing"), Text(item.Body, "deviationReason"), [.. dissents], null, null));
                    break;
                case "decision.approved" when decisions.Count > 0:
                    decisions[^1] = decisions[^1] with { ApprovedBy = item.Actor, ApprovedSeq = item.CaseSeq };
                    break;
            }
        }

        return decisions;
    }

    public static string? Text(JsonElement? body, string field) =>
        body is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Said(TrailEvent item)
    {
        // Whose title it is stands above the story already, and a code is not what somebody wrote.
        foreach (var field in item.Type is "command.refused" or "interpretations.revealed" ? [] : Sentences)
        {
            if (Text(item.Body, field) is { Length: > 0 } text && text.Contains(' ', StringComparison.Ordinal))
            {
                return text;
            }
        }

        return null;
    }

    private static StoryKnowledge? Knowledge(TrailEvent item, Seen? seen, IReadOnlyList<PersonId> partakers, PeopleSnapshot people) =>
        seen is null || !Weighty.Contains(item.Type) || item.At is not { } at
            ? null
            : new(item.Type, item.CaseSeq, at, [.. partakers.Select(person => new PersonKnew(people.Ref(person), Known(seen, person, at, item.CaseSeq)))]);

    private static IReadOnlyList<KnownLine> Known(Seen seen, PersonId person, DateTimeOffset at, long seq) =>
    [
        .. seen.Items.Where(item => item.Seq < seq)
            .GroupBy(item => item.Kind)
            .Select(kind =>
            {
                var states = kind.Select(item => seen.StateOf(item, person, at, seq)).Where(s => s.State is SeenState.Seen or SeenState.Own).ToList();
                return new KnownLine(kind.Key, states.Count, kind.Count(), states.Count == 0 ? null : states.Min(s => s.Since));
            }),
    ];

    private static IEnumerable<StoryDay> Days(List<StoryLine> lines, TimeZoneInfo zone)
    {
        DateOnly? day = null;
        List<StoryLine> ofDay = [];
        foreach (var line in lines)
        {
            // What has no time, because it would tell too much, stands with what came before it.
            var next = line.Event.At is { } at ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime) : day;
            if (next != day && ofDay.Count > 0 && day is { } done)
            {
                yield return new(done, ofDay);
                ofDay = [];
            }

            day = next ?? day;
            ofDay.Add(line);
        }

        if (ofDay.Count > 0)
        {
            yield return new(day ?? DateOnly.MinValue, ofDay);
        }
    }
}
