using SignalReview.Cases;
using SignalReview.Minutes;
using SignalReview.Rooms;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Consultations;

// The minutes: the draft and what lies for approval for those of the room, what was fixed for all inside the case.
internal sealed partial class BlindView
{
    /// <summary>What the minutes are made of, for who may read any of it. It holds ids and times; the words are opened with all others.</summary>
    private sealed record MinutesSources(IReadOnlyList<(MinutesVersionRow Row, MinutesProposedBody? Body)> Versions, MinutesFacts? Draft)
    {
        public static MinutesSources None { get; } = new([], null);

        public static async Task<MinutesSources> LoadAsync(DbSession db, Dossier dossier, CaseFile file, BlindViewSight sight, CancellationToken ct)
        {
            var versions = new List<(MinutesVersionRow, MinutesProposedBody?)>();
            foreach (var row in file.MinutesVersions.Where(sight.Minutes))
            {
                versions.Add((row, await TrailBodies.ReadAsync<MinutesProposedBody>(db, dossier, row.EventId, ct)));
            }

            return new(versions, sight.Messages && file.Room is not null ? await MinutesFacts.LoadAsync(db, dossier, file, ct) : null);
        }

        public IEnumerable<Guid?> Events(CaseFile file, BlindViewSight sight) =>
        [
            .. Versions.SelectMany(v => Words(file, sight, v.Body?.Facts, v.Body?.Notes ?? [])),
            .. Words(file, sight, Draft, Draft is null ? [] : [.. MinutesRules.LatestNotes(file).Select(n => n.EventId)]),
            .. Versions.SelectMany(v => MinutesRules.AnswersTo(file, v.Row.Number)).Select(a => a.EventId),
        ];

        private static IEnumerable<Guid?> Words(CaseFile file, BlindViewSight sight, MinutesFacts? facts, IReadOnlyList<Guid> notes)
        {
            if (facts is null)
            {
                return [];
            }

            var questions = facts.Questions.Where(q => MaySee(file, sight, q)).SelectMany(q => new[] { AskedEvent(file, q), q.Answered });
            var messages = facts.Messages.Where(m => RowOf(file, m) is { RetractedAt: null }).Select(m => (Guid?)m.Text);
            return [.. questions, .. messages, .. notes];
        }
    }

    private static bool MaySee(CaseFile file, BlindViewSight sight, MinutesQuestion question) =>
        file.Questions.FirstOrDefault(q => q.QuestionId == question.Question) is { } row && sight.Question(row);

    private static Guid? AskedEvent(CaseFile file, MinutesQuestion question) =>
        file.Questions.FirstOrDefault(q => q.QuestionId == question.Question)?.AskedEvent;

    private static MessageRow? RowOf(CaseFile file, MinutesMessage message) => file.Messages.FirstOrDefault(m => m.EventId == message.Message);

    private MinutesStanding? LatestMinutes() => file.MinutesVersions.LastOrDefault(sight.Minutes) is { } row ? new(row.Number, row.State, row.DueAt) : null;

    private MinutesView? MinutesOf(MinutesSources sources)
    {
        if (sources is { Versions: [], Draft: null })
        {
            return null;
        }

        var latest = MinutesRules.LatestNotes(file);
        var told = file.MinutesVersions.LastOrDefault(v => v.State != MinutesState.TakenBack)?.ProposedAt;
        return new(
            [.. sources.Versions.Select(v => Version(v.Row, v.Body))],
            sources.Draft is { } facts ? ContentOf(facts, latest) : null,
            sources.Draft is not null && latest.Any(n => told is null || n.WrittenAt > told));
    }

    private MinutesVersionView Version(MinutesVersionRow row, MinutesProposedBody? body) => new(
        row.Number,
        row.State,
        Ref(row.ProposedById),
        row.ProposedAt,
        row.DueAt,
        row.SettledAt,
        [.. MinutesRules.AnswersTo(file, row.Number).OrderBy(a => a.AnsweredAt ?? DateTimeOffset.MaxValue).Select(Answer)],
        body is null ? null : ContentOf(body.Facts, [.. file.MinutesNotes.Where(n => body.Notes.Contains(n.EventId)).OrderBy(n => n.Section)]));

    private MinutesAnswerView Answer(MinutesAnswerRow answer) =>
        new(Ref(answer.PersonId), answer.Agrees, answer.AnsweredAt, bodies.Find<MinutesAnsweredBody>(answer.EventId)?.Remark);

    private MinutesContent ContentOf(MinutesFacts facts, IReadOnlyList<MinutesNoteRow> notes)
    {
        var questions = facts.Questions.Where(q => MaySee(file, sight, q)).ToList();
        return new(
            file.Method.Name,
            [.. facts.Phases.Select(p => new MinutesPhaseView(p.Phase, TitleOf(p), p.Round, p.From, p.Until))],
            [.. facts.Attendance.Select(a => new MinutesAttendanceView(Ref(a.Person), a.JoinedAt))],
            [.. questions.Select(MinutesQuestion)],
            facts.Questions.Count - questions.Count,
            [.. facts.Messages.Select(MinutesMessage).OfType<MinutesMessageView>()],
            [.. facts.Rounds.Select(MinutesRound).OfType<MinutesRoundView>()],
            [.. notes.Select(n => new MinutesNoteView(n.Section, n.Number, Ref(n.WrittenById), n.WrittenAt, bodies.Find<MinutesNotedBody>(n.EventId)?.Text))]);
    }

    private Rooms.Methods.MethodText? TitleOf(MinutesPhase phase) =>
        phase.Id is { } id && file.Method.NumberOf(id) is { } number ? file.Method.Phase(number)?.Title : null;

    private MinutesQuestionView MinutesQuestion(MinutesQuestion question)
    {
        var row = file.Questions.First(q => q.QuestionId == question.Question);
        return new(row.QuestionId, Ref(row.AskedById), bodies.Find<QuestionBody>(row.AskedEvent)?.Question, bodies.Find<AnswerBody>(question.Answered)?.Answer);
    }

    private MinutesMessageView? MinutesMessage(MinutesMessage message) => RowOf(file, message) is { } row
        ? new(
            row.EventId,
            Ref(row.PersonId),
            row.SaidAt,
            message.Kind,
            row.RetractedAt is null ? bodies.Find<MessageWords>(message.Text)?.Text : null,
            row.RetractedAt is not null)
        : null;

    /// <summary>Counts, in every mode of anonymity: who voted what is not for the minutes.</summary>
    private MinutesRoundView? MinutesRound(int number) => file.Rounds.FirstOrDefault(r => r.Round == number) is { RevealedAt: { } at, RevealReason: { } why } row
        ? new(number, at, why, VoteRound.Tally(file, row))
        : null;
}
