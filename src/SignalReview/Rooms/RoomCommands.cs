using SignalReview.Cases;

namespace SignalReview.Rooms;

public sealed record JoinRoomCommand(Guid CommandId) : ICommand;

/// <summary>Says something in the room.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Text">What.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="ReplyTo">The message that it answers; a reply stands in the thread of that message.</param>
/// <param name="Anchor">What it is about. A reply is about what its thread is about, and names nothing.</param>
/// <param name="Mentions">Who of those who may enter the room is mentioned; they find it in "my work" until they have seen the room.</param>
public sealed record SayCommand(
    Guid CommandId,
    string Text,
    MessageKind Kind = MessageKind.Remark,
    Guid? ReplyTo = null,
    MessageAnchor? Anchor = null,
    IReadOnlyList<Guid>? Mentions = null) : ICommand;

/// <summary>Changes the text of a message of one's own, as long as the room is open. The earlier text stays to be read.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Message">Which.</param>
/// <param name="Text">The whole new text.</param>
/// <param name="Mentions">Who is mentioned now.</param>
public sealed record EditMessageCommand(Guid CommandId, Guid Message, string Text, IReadOnlyList<Guid>? Mentions = null) : ICommand;

/// <summary>
/// Takes a message out of sight: one's own, or as the leader of the room another's, with a reason. That it was there, who retracted it and when
/// stays to be seen, and the trail keeps what it said.
/// </summary>
public sealed record RetractMessageCommand(Guid CommandId, Guid Message, string? Reason = null) : ICommand;

/// <summary>A revealed reading or a clarifying question, by the id that the view of the case gives it.</summary>
public sealed record MessageAnchor(AnchorKind Kind, Guid Id);

/// <summary>Moves the room to another phase of its method; by the facilitator.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="From">The phase that the facilitator saw, by its id: of two moves at once one is made.</param>
/// <param name="To">Null: the next.</param>
/// <param name="Reason">Needed for any other phase than the next.</param>
public sealed record MovePhaseCommand(Guid CommandId, string From, string? To = null, string? Reason = null) : ICommand;

/// <summary>Asks for the floor.</summary>
public sealed record RaiseHandCommand(Guid CommandId) : ICommand;

/// <summary>Takes a hand down.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Person">Null: one's own; another's only by the facilitator.</param>
public sealed record LowerHandCommand(Guid CommandId, Guid? Person = null) : ICommand;

/// <summary>Lets somebody say what the phase would not let them; by the facilitator.</summary>
public sealed record GiveFloorCommand(Guid CommandId, Guid Person) : ICommand;

/// <summary>Gives the floor back, or takes it; by who has it, or the facilitator.</summary>
public sealed record EndFloorCommand(Guid CommandId) : ICommand;

/// <summary>Gives the phase more time than its clock shows; by the facilitator. Minutes 1–240, counted from the clock's end, or from now when that is past.</summary>
public sealed record ExtendRoomClockCommand(Guid CommandId, int Minutes) : ICommand;

/// <summary>Sets or clears the clock of the room's phase; by the facilitator. Minutes 1–240; null clears.</summary>
public sealed record SetRoomClockCommand(Guid CommandId, int? Minutes) : ICommand;

/// <summary>How the round is voted and what may be chosen; by the facilitator, until the first ballot freezes it.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Options">At least two. For consent it may be empty: one proposal is judged, and the options stay as they were.</param>
public sealed record ChooseOptionsCommand(Guid CommandId, IReadOnlyList<VoteOption> Options) : ICommand
{
    /// <summary>Null: as it is.</summary>
    public VoteMethod? Method { get; init; }

    /// <summary>For consent, and then required.</summary>
    public VoteOption? Proposal { get; init; }
}

/// <summary>
/// Makes readings and votes that nobody has given yet tell less of who wrote them; by the facilitator or the owner. There is no way back.
/// </summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Mode">Stricter than what holds now.</param>
/// <param name="Reason">Why; it is in the trail.</param>
public sealed record TightenAnonymityCommand(Guid CommandId, Anonymity Mode, string Reason) : ICommand;

/// <summary>Ends the discussion and opens the vote of this round; by the facilitator.</summary>
public sealed record OpenVoteCommand(Guid CommandId) : ICommand;

/// <summary>
/// One ballot: the answer that the round's method asks for, with concern 0–10, confidence 0–100 and a reason. A ballot without an answer is
/// an abstention, and its reason says why.
/// </summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Round">The round that the voter saw; a ballot never lands in another.</param>
/// <param name="Option">Single choice.</param>
/// <param name="Concern">0–10.</param>
/// <param name="Confidence">0–100.</param>
/// <param name="Reason">Why; for an abstention, why one abstains.</param>
/// <param name="ChangedMyMind">From the second round on: what changed since the last, also when nothing did.</param>
public sealed record CastVoteCommand(
    Guid CommandId, int Round, VoteOption? Option, int? Concern, int? Confidence, string? Reason, string? ChangedMyMind = null) : ICommand
{
    /// <summary>Consent: the proposal that the voter read; another one meanwhile is not agreed with.</summary>
    public VoteOption? Proposal { get; init; }

    /// <summary>Consent.</summary>
    public ConsentPosition? Position { get; init; }

    /// <summary>Consent: what would go wrong and what would have to change; required of who objects.</summary>
    public string? Objection { get; init; }

    /// <summary>Score: each option that is offered, once, 0–10.</summary>
    public IReadOnlyList<OptionScore>? Scores { get; init; }

    /// <summary>Ranking: the best first. What is left out stands below what is not.</summary>
    public IReadOnlyList<VoteOption>? Ranking { get; init; }
}

/// <summary>Reveals the votes before all are in; by the facilitator, with a reason and the quorum met.</summary>
public sealed record RevealVotesCommand(Guid CommandId, string Reason) : ICommand;

/// <summary>Another round after the votes were revealed; by the facilitator.</summary>
public sealed record SecondRoundCommand(Guid CommandId) : ICommand;

/// <summary>The room has advised enough: on to the decision; by the facilitator or the owner.</summary>
public sealed record HarvestCommand(Guid CommandId) : ICommand;
