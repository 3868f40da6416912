using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Rooms;

/// <summary>What becomes of something that somebody wants to say in the phase in which the room is.</summary>
internal enum PhaseVerdict
{
    Fits,

    /// <summary>Questions: the colleagues ask, and nothing else.</summary>
    QuestionsOnly,

    /// <summary>Questions: it does not ask anything.</summary>
    NoQuestion,

    /// <summary>Questions: who brought the case in answers, in reply to what was asked.</summary>
    AnswersOnly,

    /// <summary>Analysis: who brought the case in listens, unless they were given the floor.</summary>
    Listening,

    /// <summary>Questions and analysis: it is too early for advice.</summary>
    AdviceLater,

    /// <summary>Advice: each of the colleagues advises.</summary>
    AdviceOnly,

    /// <summary>Advice: who brought the case in takes it in, and asks where it is not clear.</summary>
    TakeInAdvice,

    /// <summary>From the vote on: what is advised is voted.</summary>
    AdviceOver,

    /// <summary>Harvest: what one takes along.</summary>
    TakeawaysOnly,

    /// <summary>Before the harvest.</summary>
    TakeawayLater,
}

/// <summary>
/// Who may say what, in which phase. Whoever leads may always say how things go on; who was given the floor may say what the phase would not
/// let them. Pure.
/// </summary>
internal static class PhaseRules
{
    private static readonly MessageKind[] Talk = [MessageKind.Remark, MessageKind.Question, MessageKind.Answer];

    /// <summary>What this person can say now, most fitting first. An answer needs something to answer.</summary>
    /// <param name="file">The case, with an open room.</param>
    /// <param name="me">Who wants to say something.</param>
    /// <param name="inReply">In reply to a message, or something new.</param>
    public static IReadOnlyList<MessageKind> Kinds(CaseFile file, PersonId me, bool inReply) =>
        [.. Enum.GetValues<MessageKind>()
            .Where(kind => Judge(file, me, kind) == PhaseVerdict.Fits)
            .Where(kind => inReply || kind != MessageKind.Answer || file.Room?.RoomPhase != RoomPhase.Questions)
            .OrderBy(kind => Fitting(file, me, kind))
            .ThenBy(kind => kind)];

    /// <param name="file">The case, with an open room.</param>
    /// <param name="me">Who says it.</param>
    /// <param name="kind">What it is for.</param>
    /// <param name="text">What is said.</param>
    /// <param name="answered">Of the message that it replies to; null when it replies to none.</param>
    public static PhaseVerdict Judge(CaseFile file, PersonId me, MessageKind kind, string text, MessageKind? answered)
    {
        var verdict = Judge(file, me, kind);
        if (verdict != PhaseVerdict.Fits || file.Room?.RoomPhase != RoomPhase.Questions)
        {
            return verdict;
        }

        return kind switch
        {
            MessageKind.Question when !text.Contains('?', StringComparison.Ordinal) => PhaseVerdict.NoQuestion,
            MessageKind.Answer when answered != MessageKind.Question => PhaseVerdict.AnswersOnly,
            _ => PhaseVerdict.Fits,
        };
    }

    private static PhaseVerdict Judge(CaseFile file, PersonId me, MessageKind kind)
    {
        var extra = kind == MessageKind.Remark && RoomRules.Leads(file, me);
        var floor = file.Room?.FloorId == me && Talk.Contains(kind);
        if (extra || floor)
        {
            return PhaseVerdict.Fits;
        }

        var brought = HasBrought(file, me);
        return file.Room?.RoomPhase switch
        {
            RoomPhase.Questions => InQuestions(kind, brought),
            RoomPhase.Analysis => InAnalysis(kind, brought),
            RoomPhase.Advice => InAdvice(kind, brought),
            RoomPhase.Discussion => kind == MessageKind.Takeaway ? PhaseVerdict.TakeawayLater : PhaseVerdict.Fits,
            RoomPhase.Harvest => kind == MessageKind.Takeaway ? PhaseVerdict.Fits : PhaseVerdict.TakeawaysOnly,
            _ => InVote(kind),
        };
    }

    private static PhaseVerdict InQuestions(MessageKind kind, bool brought) => (kind, brought) switch
    {
        (MessageKind.Answer, true) or (MessageKind.Question, false) => PhaseVerdict.Fits,
        (MessageKind.Advice, false) => PhaseVerdict.AdviceLater,
        (MessageKind.Takeaway, false) => PhaseVerdict.TakeawayLater,
        (_, true) => PhaseVerdict.AnswersOnly,
        _ => PhaseVerdict.QuestionsOnly,
    };

    private static PhaseVerdict InAnalysis(MessageKind kind, bool brought) => kind switch
    {
        _ when brought => PhaseVerdict.Listening,
        MessageKind.Advice => PhaseVerdict.AdviceLater,
        MessageKind.Takeaway => PhaseVerdict.TakeawayLater,
        _ => PhaseVerdict.Fits,
    };

    private static PhaseVerdict InAdvice(MessageKind kind, bool brought) => (kind, brought) switch
    {
        (MessageKind.Question, true) or (MessageKind.Advice, false) or (MessageKind.Answer, false) => PhaseVerdict.Fits,
        (MessageKind.Takeaway, _) => PhaseVerdict.TakeawayLater,
        (_, true) => PhaseVerdict.TakeInAdvice,
        _ => PhaseVerdict.AdviceOnly,
    };

    private static PhaseVerdict InVote(MessageKind kind) => kind switch
    {
        MessageKind.Advice => PhaseVerdict.AdviceOver,
        MessageKind.Takeaway => PhaseVerdict.TakeawayLater,
        _ => PhaseVerdict.Fits,
    };

    /// <summary>What the phase is for comes first.</summary>
    private static int Fitting(CaseFile file, PersonId me, MessageKind kind) => (file.Room?.RoomPhase, kind) switch
    {
        (RoomPhase.Questions, MessageKind.Question) when !HasBrought(file, me) => 0,
        (RoomPhase.Questions, MessageKind.Answer) => 0,
        (RoomPhase.Advice, MessageKind.Advice) or (RoomPhase.Harvest, MessageKind.Takeaway) => 0,
        (_, MessageKind.Remark) => 1,
        _ => 2,
    };

    /// <summary>The submitter, who saw it, and the owner, whose question it is.</summary>
    private static bool HasBrought(CaseFile file, PersonId me) => file.Case.SubmitterId == me || file.Case.OwnerId == me;

    public static Refusal? Refuse(PhaseVerdict verdict) => verdict switch
    {
        PhaseVerdict.Fits => null,
        PhaseVerdict.QuestionsOnly => Refusal.Conflict("phase-questions-only"),
        PhaseVerdict.NoQuestion => Refusal.Conflict("phase-no-question"),
        PhaseVerdict.AnswersOnly => Refusal.Conflict("phase-answers-only"),
        PhaseVerdict.Listening => Refusal.Conflict("phase-listening"),
        PhaseVerdict.AdviceLater => Refusal.Conflict("phase-advice-later"),
        PhaseVerdict.AdviceOnly => Refusal.Conflict("phase-advice-only"),
        PhaseVerdict.TakeInAdvice => Refusal.Conflict("phase-take-in-advice"),
        PhaseVerdict.AdviceOver => Refusal.Conflict("phase-advice-over"),
        PhaseVerdict.TakeawaysOnly => Refusal.Conflict("phase-takeaways-only"),
        PhaseVerdict.TakeawayLater => Refusal.Conflict("phase-takeaway-later"),
    };
}
