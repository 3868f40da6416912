using SignalReview.Cases;

namespace SignalReview.Consultations;

public sealed record AcceptInvitationCommand(Guid CommandId) : ICommand;

/// <summary>A declined invitation is replaced at once.</summary>
public sealed record DeclineInvitationCommand(Guid CommandId, bool ConflictOfInterest, string? Reason) : ICommand;

/// <summary>Puts one colleague in the place of another; by the facilitator or the coordinator.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Reader">Who is replaced.</param>
/// <param name="Replacement">Who comes instead; null lets the routing choose.</param>
/// <param name="Reason">Why.</param>
public sealed record ReplaceReaderCommand(Guid CommandId, Guid Reader, Guid? Replacement, string Reason) : ICommand;

/// <summary>Invites one more colleague; by the facilitator or the coordinator.</summary>
public sealed record InviteReaderCommand(Guid CommandId, Guid Reader, string Reason) : ICommand;

/// <summary>A clarifying question: no advice, no judgement.</summary>
public sealed record AskQuestionCommand(Guid CommandId, string Question) : ICommand;

public sealed record AnswerQuestionCommand(Guid CommandId, Guid Question, string Answer) : ICommand;

/// <summary>The submitter marks whether a question helped.</summary>
public sealed record MarkQuestionCommand(Guid CommandId, Guid Question, bool Helped) : ICommand;

/// <summary>A reader has no (more) questions. When all have said so and all is answered, clarifying ends by itself.</summary>
public sealed record ReadyToReadCommand(Guid CommandId) : ICommand;

/// <summary>Ends clarifying; by the facilitator or the owner.</summary>
public sealed record FinishClarifyingCommand(Guid CommandId) : ICommand;

/// <summary>One colleague's blind reading; it can be given once and not be changed.</summary>
public sealed record SubmitInterpretationCommand(Guid CommandId, Interpretation Interpretation) : ICommand;

/// <summary>
/// How a reader reads the signal, written without sight of the others'. Concern 0–10, confidence 0–100. For "cannot judge" and "question
/// unclear" only <see cref="Reason"/> is needed.
/// </summary>
public sealed record Interpretation
{
    public InterpretationKind Kind { get; init; }
    public string? Positionality { get; init; }
    public string? EncodingHypothesis { get; init; }
    public string? Decoding { get; init; }
    public ReadingPosition? ReadingPosition { get; init; }
    public IReadOnlyList<Noise> Noise { get; init; } = [];
    public IReadOnlyList<string> EvidenceFor { get; init; } = [];
    public IReadOnlyList<string> EvidenceAgainst { get; init; } = [];
    public IReadOnlyList<string> Missing { get; init; } = [];
    public string? WouldChangeMyMind { get; init; }
    public string? Association { get; init; }
    public int? Concern { get; init; }
    public int? Confidence { get; init; }

    /// <summary>Why one cannot judge, or what is unclear about the question.</summary>
    public string? Reason { get; init; }
}

/// <summary>Reveals before all are in; by the facilitator, with a reason. At least two readings must be in.</summary>
public sealed record RevealInterpretationsCommand(Guid CommandId, string Reason) : ICommand;

/// <summary>After comparing: talk in the room, or decide at once. By the owner or the facilitator.</summary>
public sealed record FinishComparingCommand(Guid CommandId, bool OpenRoom) : ICommand;
