using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Rooms.Methods;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Minutes;

/// <summary>
/// What the minutes say by themselves: ids, enumerations, numbers and times. Nobody's words are copied into it; who reads the minutes reads them
/// where they stand, as far as they may, and a retracted word is gone from here too. Votes are in it from their reveal on, and as counts.
/// </summary>
/// <param name="Phases">How the talk went, in order.</param>
/// <param name="Attendance">Who was there, and from when.</param>
/// <param name="Questions">Clarifying questions.</param>
/// <param name="Messages">What was asked, answered, advised and taken along; remarks are talk.</param>
/// <param name="Rounds">Rounds that were revealed.</param>
internal sealed record MinutesFacts(
    IReadOnlyList<MinutesPhase> Phases,
    IReadOnlyList<MinutesAttendance> Attendance,
    IReadOnlyList<MinutesQuestion> Questions,
    IReadOnlyList<MinutesMessage> Messages,
    IReadOnlyList<int> Rounds)
{
    public static async Task<MinutesFacts> LoadAsync(DbSession db, Dossier dossier, CaseFile file, CancellationToken ct) => new(
        await PhasesAsync(db, dossier, file, ct),
        [.. file.Attendance.OrderBy(a => a.JoinedAt).Select(a => new MinutesAttendance(a.PersonId, a.JoinedAt))],
        [.. file.Questions.Select(q => new MinutesQuestion(q.QuestionId, q.AnsweredEvent))],
        [.. file.Messages.Where(m => m.Kind != MessageKind.Remark).Select(m => new MinutesMessage(m.EventId, m.TextEvent ?? m.EventId, m.Kind))],
        [.. file.Rounds.Where(r => r.RevealedAt is not null).Select(r => r.Round)]);

    /// <summary>From the trail: each event that began a phase ends the one before.</summary>
    private static async Task<IReadOnlyList<MinutesPhase>> PhasesAsync(DbSession db, Dossier dossier, CaseFile file, CancellationToken ct)
    {
        var begun = new List<MinutesPhase>();
        foreach (var row in await db.QueryAsync<PhaseEventRow>("minutes/phase_events", new { CaseId = file.Id }, ct))
        {
            var body = await TrailBodies.ReadAsync<PhaseBody>(db, dossier, row.EventId, ct);
            if (begun is [.., { Until: null } before])
            {
                begun[^1] = before with { Until = row.At };
            }

            if (PhaseOf(row.Type, body, file.Method) is { } phase)
            {
                begun.Add(new(phase, body?.Id, body?.Round ?? begun.LastOrDefault()?.Round, row.At, null));
            }
        }

        return [.. begun.Where(p => p.Until != p.From)];
    }

    /// <returns>Null for what ends the last phase.</returns>
    private static RoomPhase? PhaseOf(string type, PhaseBody? body, RoomMethod method) => type switch
    {
        "room.harvested" => null,
        "vote.opened" => RoomPhase.Vote,
        "votes.revealed" => RoomPhase.Revealed,
        _ => body?.Id is { } id && method.NumberOf(id) is { } number ? RoomMethod.PhaseOf(method.Phase(number)!.Kind) : RoomPhase.Discussion,
    };

    private sealed record PhaseEventRow
    {
        public Guid EventId { get; init; }
        public string Type { get; init; } = "";
        public DateTimeOffset At { get; init; }
    }

    /// <summary>What the bodies of these events have in common: a talk that opens names its phase, a move names the one it goes to.</summary>
    private sealed record PhaseBody(int? Round = null, string? Phase = null, string? ToPhase = null)
    {
        public string? Id => Phase ?? ToPhase;
    }
}

/// <param name="Phase">What the room did.</param>
/// <param name="Id">Of the method's phase, where it is one.</param>
/// <param name="Round">Of votes.</param>
/// <param name="From">Since when.</param>
/// <param name="Until">Null while it lasts.</param>
internal sealed record MinutesPhase(RoomPhase Phase, string? Id, int? Round, DateTimeOffset From, DateTimeOffset? Until);

internal sealed record MinutesAttendance(PersonId Person, DateTimeOffset JoinedAt);

/// <param name="Question">Its id, which is also its event's.</param>
/// <param name="Answered">The answer's event.</param>
internal sealed record MinutesQuestion(Guid Question, Guid? Answered);

/// <param name="Message">Which.</param>
/// <param name="Text">The event with the text as it was then: a later edit makes another version of the minutes, not another past.</param>
/// <param name="Kind">What it was for.</param>
internal sealed record MinutesMessage(Guid Message, Guid Text, MessageKind Kind);
