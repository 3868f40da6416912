using SignalReview.Cases;
using SignalReview.Comparing;
using SignalReview.Decisions;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Signals.Images;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Trail.Audit;
using SignalReview.Workflow;

namespace SignalReview.Consultations;

/// <summary>
/// The only place that maps a case to what one viewer may see of it. What may be seen is decided first (<see cref="BlindViewSight"/>);
/// only those bodies are decrypted; and what was not decrypted cannot end up in the view.
/// </summary>
internal sealed partial class BlindView
{
    private readonly CaseFile file;
    private readonly PersonId me;
    private readonly BlindViewSight sight;
    private readonly BlindViewBodies bodies;
    private readonly PeopleSnapshot people;

    private BlindView(CaseFile file, PersonId me, BlindViewSight sight, BlindViewBodies bodies, PeopleSnapshot people)
    {
        this.file = file;
        this.me = me;
        this.sight = sight;
        this.bodies = bodies;
        this.people = people;
    }

    /// <returns>Null: for this viewer there is no such case.</returns>
    public static async Task<CaseView?> BuildAsync(
        DbSession db,
        Dossier dossier,
        CaseFile file,
        Actor actor,
        PeopleSnapshot people,
        DateTimeOffset now,
        CancellationToken ct,
        bool withMinutes = false)
    {
        file = file.At(now);
        var allowed = SightOf(file, actor, people);
        if (!allowed.KnowsOfCase)
        {
            return null;
        }

        var minutes = withMinutes ? await MinutesSources.LoadAsync(db, dossier, file, allowed, ct) : MinutesSources.None;
        var stop = allowed.Measures ? await StopAsync(db, dossier, ct) : null;
        var opened = await BlindViewBodies.OpenAsync(db, dossier, [.. Readable(file, actor.Person, allowed), .. stop?.Events ?? [], .. minutes.Events(file, allowed)], ct);
        var pseudonym = allowed.Core ? opened.Find<SignalSubmission>(file.Case.SubmissionEvent)?.Pseudonym : null;
        var view = new BlindView(file, actor.Person, allowed, opened.Without(pseudonym), people);
        return view.WithComparison(view.Build(stop, BlindViewActions.For(file, actor, now))) with
        {
            Minutes = view.MinutesOf(minutes),
            LatestMinutes = view.LatestMinutes(),
        };
    }

    /// <summary>The case's title and pseudonym as this viewer may see them; for lists.</summary>
    public static async Task<(string? Title, string? Pseudonym)> HeadingAsync(
        DbSession db, Dossier dossier, CaseFile file, Actor actor, PeopleSnapshot people, CancellationToken ct)
    {
        var allowed = SightOf(file, actor, people);
        if (file.IsErased || (!allowed.Content && !allowed.Core && !allowed.TitleAndOutcome))
        {
            return (null, null);
        }

        var opened = await BlindViewBodies.OpenAsync(db, dossier, [file.Case.SubmissionEvent], ct);
        var whole = opened.Find<SignalSubmission>(file.Case.SubmissionEvent);
        var title = allowed.Core ? opened.Without(whole?.Pseudonym).Find<SignalSubmission>(file.Case.SubmissionEvent)?.Title : whole?.Title;
        return (title, allowed.Content ? whole?.Pseudonym : null);
    }

    /// <summary>What one follow-up action is, as this viewer may see it; for lists.</summary>
    public static async Task<string?> ActionAsync(
        DbSession db, Dossier dossier, CaseFile file, Actor actor, PeopleSnapshot people, Guid followUp, CancellationToken ct)
    {
        var allowed = SightOf(file, actor, people);
        if (file.FollowUps.FirstOrDefault(f => f.FollowUpId == followUp) is not { } row || !allowed.FollowUp(row))
        {
            return null;
        }

        var opened = await BlindViewBodies.OpenAsync(db, dossier, [row.EventId, allowed.Core ? file.Case.SubmissionEvent : null], ct);
        var pseudonym = allowed.Core ? opened.Find<SignalSubmission>(file.Case.SubmissionEvent)?.Pseudonym : null;
        return opened.Without(pseudonym).Find<FollowUpPlan>(row.EventId)?.Action;
    }

    /// <summary>One message of the room as this viewer reads it; null when it is not for them.</summary>
    public static async Task<MessageView?> MessageAsync(
        DbSession db, Dossier dossier, CaseFile file, Actor actor, PeopleSnapshot people, Guid eventId, CancellationToken ct)
    {
        var allowed = SightOf(file, actor, people);
        if (!allowed.Messages || file.Messages.FirstOrDefault(m => m.EventId == eventId) is not { } message)
        {
            return null;
        }

        var opened = await BlindViewBodies.OpenAsync(
            db, dossier, [.. EventsOf(file, message), allowed.Core ? file.Case.SubmissionEvent : null], ct);
        var pseudonym = allowed.Core ? opened.Find<SignalSubmission>(file.Case.SubmissionEvent)?.Pseudonym : null;
        return new BlindView(file, actor.Person, allowed, opened.Without(pseudonym), people).Message(message);
    }

    public static BlindViewSight SightOf(CaseFile file, Actor actor, PeopleSnapshot people) =>
        new(file, actor, people.Find(actor.Person) is { CoreOnly: true });

    private static IEnumerable<Guid?> Readable(CaseFile file, PersonId me, BlindViewSight sight)
    {
        if (sight.Content || sight.Core || sight.TitleAndOutcome)
        {
            yield return file.Case.SubmissionEvent;
        }

        var events = Parts(sight.Content, file.Additions, a => a.EventId)
            .Concat(Parts(sight.Content, file.Images, i => i.EventId))
            .Concat(Parts(sight.Content, file.OpenSteps, s => s.PausedEvent))
            .Concat(Parts(sight.RoutingReasons, file.Invitations, i => i.InvitedEvent))
            .Concat(Parts(sight.Content || sight.Core, file.Invitations.Where(i => i.PersonId == me), i => i.InvitedEvent))
            .Concat(Parts(true, file.Questions.Where(sight.Question), q => q.AskedEvent))
            .Concat(Parts(true, file.Questions.Where(sight.Question), q => q.AnsweredEvent))
            .Concat(Parts(true, file.Interpretations.Where(sight.Reading), r => r.EventId))
            .Concat(Parts(sight.Comparison, file.MissingChecks, c => c.EventId))
            .Concat(Parts(sight.Comparison, file.Enquiries, e => e.ReportEvent))
            .Concat(Parts(sight.Comparison, file.Enquiries, e => e.AnswerEvent))
            .Concat(Parts(true, file.Ballots.Where(sight.Ballot), b => b.EventId))
            .Concat(sight.Messages ? file.Messages.SelectMany(m => EventsOf(file, m)) : [])
            .Concat(Parts(true, file.Decisions.Where(sight.Decision), d => d.EventId))
            .Concat(Parts(sight.Votes, file.Urns, u => u.SealedEvent))
            .Concat(Parts(sight.Content, file.Decisions, d => d.JudgedEvent))
            .Concat(Parts(true, file.Dissents.Where(sight.Dissent), d => d.AskedEvent))
            .Concat(Parts(true, file.Dissents.Where(sight.Dissent), d => d.StatementEvent))
            .Concat(Parts(true, file.Dissents.Where(sight.Dissent), d => d.ComparedEvent))
            .Concat(Parts(true, file.Dissents.Where(sight.Dissent), d => d.ClosingEvent))
            .Concat(Parts(true, file.FollowUps.Where(sight.FollowUp), f => f.EventId))
            .Concat(Parts(true, file.FollowUps.Where(sight.FollowUp), f => f.ResultEvent))
            .Concat(Parts(true, file.Emergencies.Where(sight.Emergency), e => e.OpenedEvent))
            .Concat(Parts(true, file.Emergencies.Where(sight.Emergency), e => e.ReviewedEvent))
            .Concat(Parts(sight.Advice, file.Reviews, r => r.EventId));
        foreach (var id in events)
        {
            yield return id;
        }
    }

    private static IEnumerable<Guid?> Parts<T>(bool holds, IEnumerable<T> rows, Func<T, Guid?> eventId) => holds ? rows.Select(eventId) : [];

    private CaseView Build(StopEvents? stop, IReadOnlySet<string> can) => new(
        file.Id,
        file.Case.Seq,
        file.Phase,
        sight.Roles,
        Facts(),
        Signal(),
        sight.Content ? [.. file.Additions.Select(a => new AdditionView(Ref(a.AddedById), a.AddedAt, bodies.Find<AdditionBody>(a.EventId)?.Text))] : [],
        CasePeople(),
        [.. file.Questions.Where(sight.Question).Select(Question)],
        Readings(),
        bodies.Find<Interpretation>(file.Interpretations.FirstOrDefault(i => i.PersonId == me)?.EventId),
        Room(),
        [.. file.Decisions.Where(sight.Decision).Select(Decision)],
        [.. file.Dissents.Where(sight.Dissent).Select(Dissent)],
        [.. file.FollowUps.Where(sight.FollowUp).Select(FollowUp)],
        sight.Advice ? [.. file.Reviews.Select(Review)] : [],
        [.. file.OpenSteps.Select(OpenStep)],
        can,
        Stop(stop))
    {
        ErasedAt = file.Case.ErasedAt,
        Anonymity = AnonymityOf(),
        Images = sight.Content ? [.. file.Images.Select(Image)] : [],
        Emergencies = [.. file.Emergencies.Where(sight.Emergency).Select(Emergency)],
    };

    private OpenStepView OpenStep(OpenStepRow step) => new(
        step.Node, step.Activity, step.AskedAt, step.DueAt, [.. BlindViewWaits.On(file, step).Select(Ref)], Pause(step));

    private PauseView? Pause(OpenStepRow step) => step is { PausedAt: { } since, ResumesAt: { } until }
        ? new(since, until, bodies.Find<DeadlinePausedBody>(step.PausedEvent)?.Reason)
        : null;

    private ImageView Image(ImageRow image) => new(
        image.AttachmentId, Ref(image.AddedById), image.AddedAt, image.Width, image.Height, bodies.Find<ImageBody>(image.EventId)?.Description);

    private EmergencyView Emergency(EmergencyRow access) => new(
        access.AccessId,
        Ref(access.PersonId),
        access.OpenedAt,
        access.EndsAt,
        bodies.Find<EmergencyOpenedBody>(access.OpenedEvent)?.Reason,
        access.Verdict,
        access.ReviewedById is { } by ? Ref(by) : null,
        access.ReviewedAt,
        bodies.Find<EmergencyReviewedBody>(access.ReviewedEvent)?.Remark);

    private PersonRef Ref(PersonId id) => people.Ref(id);

    private CaseFacts Facts()
    {
        var row = file.Case;
        var full = sight.FullFacts;
        var online = full || sight.Core;
        return new(
            row.Workflow,
            row.Urgency,
            online ? row.SubjectKind : null,
            online ? row.AgeBand : null,
            online ? row.Platform : null,
            online ? row.Visibility : null,
            online ? row.AccessRoute : null,
            sight.Core ? "" : row.Team, // where the subject lives can be told from it
            full ? file.Tags : [],
            row.CreatedAt,
            row.SubmittedAt,
            row.PhaseSince,
            row.RevealedAt,
            row.RevealReason,
            row.EscalatedAt,
            row.Escalation,
            row.ReviewOn,
            row.ClosedAt);
    }

    private SignalSubmission? Signal()
    {
        if (bodies.Find<SignalSubmission>(file.Case.SubmissionEvent) is not { } signal)
        {
            return null;
        }

        return sight.Content ? signal
            : sight.Core ? CoreOf(signal)
            : new SignalSubmission { Title = signal.Title };
    }

    /// <summary>What was seen, by whom it was not. Written as a list of what stays, so that a new field is left out until somebody decides.</summary>
    private static SignalSubmission CoreOf(SignalSubmission signal) => new()
    {
        Title = signal.Title,
        SubjectKind = signal.SubjectKind,
        AgeBand = signal.AgeBand,
        ObservedAt = signal.ObservedAt,
        Urgency = signal.Urgency,
        SecondHand = signal.SecondHand,
        ConsultationQuestion = signal.ConsultationQuestion,
        Online = new()
        {
            Platform = signal.Online.Platform,
            Surface = signal.Online.Surface,
            Visibility = signal.Online.Visibility,
            AccessRoute = signal.Online.AccessRoute,
            FactualDescription = signal.Online.FactualDescription,
            LiteralText = signal.Online.LiteralText,
            Signs = signal.Online.Signs,
            Reactions = signal.Online.Reactions,
            OnlinePattern = signal.Online.OnlinePattern,
        },
    };

    private CasePeople CasePeople() => new(
        Ref(file.Case.SubmitterId),
        Ref(file.Case.OwnerId),
        file.Case.FacilitatorId is { } facilitator ? Ref(facilitator) : null,
        sight.TitleAndOutcome ? [] : [.. file.Invitations.Select(Reader)])
    {
        CoFacilitator = file.Case.CoFacilitatorId is { } beside ? Ref(beside) : null,
    };

    private ReaderView Reader(InvitationRow invitation) => new(
        Ref(invitation.PersonId),
        sight.StateOf(invitation),
        invitation.Near,
        invitation.RespondBy,
        bodies.Find<InvitedBody>(invitation.InvitedEvent)?.Reasons ?? []);

    private QuestionView Question(QuestionRow question) => new(
        question.QuestionId,
        Ref(question.AskedById),
        question.AskedAt,
        bodies.Find<QuestionBody>(question.AskedEvent)?.Question,
        question.AnsweredAt,
        bodies.Find<AnswerBody>(question.AnsweredEvent)?.Answer,
        question.Helped);

    private ReadingsView Readings()
    {
        var others = sight.Advice && file.Case.RevealedAt is not null
            ? file.Interpretations.Where(r => BlindViewSight.IsRevealed(r))
            : null;
        return new(
            file.Interpretations.Count,
            file.Invitations.Count(i => i.Active),
            file.OpenStep("CollectInterpretations")?.DueAt,
            others is null ? null : [.. InOrder(others).Select(Reading).OfType<ReadingView>()]);
    }

    private ReadingView? Reading(InterpretationRow row) =>
        bodies.Find<Interpretation>(row.EventId) is { } interpretation
            ? new(ReaderRef(row.PersonId), ReadAt(row), interpretation) { Id = BlindViewAnchors.IdOf(file, row) }
            : null;
}
