using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Web.Localization;

namespace SignalReview.Web.Hubs;

/// <summary>What the hub calls on its clients. Public, because SignalR makes a proxy of it.</summary>
public interface IRoomClient
{
    /// <summary>Something changed; the numbers are the same for everyone who follows the case.</summary>
    Task CaseChanged(CaseChangedEvent changed);

    /// <summary>Where the case is, said once more: who is not there has missed something.</summary>
    Task CaseAt(CaseAtEvent at);

    /// <summary>Who is in the room now; to those in it.</summary>
    Task PresenceChanged(PresenceEvent presence);

    /// <summary>Something was said; to those in the room.</summary>
    Task MessageSaid(MessageSaidEvent message);

    /// <summary>What somebody had said was edited or retracted; to those in the room, as it is now.</summary>
    Task MessageChanged(MessageSaidEvent message);

    /// <summary>A colleague in the room is typing, or no longer.</summary>
    Task SomebodyTypes(TypingEvent typing);

    /// <summary>This connection no longer hears of the case.</summary>
    Task AccessEnded(AccessEndedEvent ended);
}

/// <summary>One command's news.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Seq">Of the command. One that is not the next after the last seen means that something was missed: join again.</param>
/// <param name="Types">What kinds of things happened, as in the trail.</param>
/// <param name="Created">The id of what was made, where that is safe to tell.</param>
/// <param name="Phase">Where the case is now.</param>
/// <param name="RoomPhase">Null before there was a room.</param>
/// <param name="Round">0 before the first vote.</param>
/// <param name="ReadingsIn">How many, never whose.</param>
/// <param name="ReadingsAsked">Of how many.</param>
/// <param name="VotesIn">How many, never whose.</param>
/// <param name="VotesAsked">Of how many.</param>
/// <param name="PhaseEndsAt">The room's clock.</param>
/// <param name="DueAt">The next deadline.</param>
public sealed record CaseChangedEvent(
    CaseId CaseId,
    long Seq,
    IReadOnlyList<string> Types,
    Guid? Created,
    CasePhase Phase,
    RoomPhase? RoomPhase,
    int Round,
    int ReadingsIn,
    int ReadingsAsked,
    int VotesIn,
    int VotesAsked,
    DateTimeOffset? PhaseEndsAt,
    DateTimeOffset? DueAt);

/// <param name="CaseId">The case.</param>
/// <param name="Seq">Of the last command that was told.</param>
public sealed record CaseAtEvent(CaseId CaseId, long Seq);

/// <param name="CaseId">The case.</param>
/// <param name="Number">Rises with each change; one that is lower than the last seen came late and can be left.</param>
/// <param name="Present">Those who look at the room, each once, however many windows they have open.</param>
public sealed record PresenceEvent(CaseId CaseId, long Number, IReadOnlyList<PersonRef> Present)
{
    /// <summary>Those who have it open without looking, or lost their connection a moment ago.</summary>
    public IReadOnlyList<PersonRef> Away { get; init; } = [];
}

/// <param name="CaseId">The case.</param>
/// <param name="Message">What was said, with its seq.</param>
public sealed record MessageSaidEvent(CaseId CaseId, MessageView Message);

/// <param name="CaseId">The case.</param>
/// <param name="By">Who types.</param>
public sealed record TypingEvent(CaseId CaseId, PersonRef By)
{
    /// <summary>No longer. Without this, typing that is not told again within five seconds has ended.</summary>
    public bool Ended { get; init; }
}

/// <param name="CaseId">The case.</param>
public sealed record AccessEndedEvent(CaseId CaseId);

/// <summary>A receipt, or a refusal.</summary>
/// <param name="Seq">The case's sequence number after the command.</param>
/// <param name="Created">The id of what was made.</param>
/// <param name="Refusal">Null when it was done.</param>
public sealed record HubAnswer(long Seq, Guid? Created, RefusalText? Refusal);

/// <summary>The case as it stands for who joined, and what they had missed.</summary>
/// <param name="Seq">The sequence number of the view; events up to it are old news.</param>
/// <param name="View">Null when refused.</param>
/// <param name="Present">Who is in the room; empty for who is not.</param>
/// <param name="Missed">What happened after the sequence number that the client gave, oldest first.</param>
/// <param name="Refusal">Null when joined.</param>
public sealed record JoinAnswer(
    long Seq, CaseView? View, IReadOnlyList<PersonRef> Present, IReadOnlyList<MissedChange> Missed, RefusalText? Refusal)
{
    /// <summary>Who is away; empty for who is not in the room.</summary>
    public IReadOnlyList<PersonRef> Away { get; init; } = [];

    /// <summary>What the caller was writing, on this device or another: of a message and of a vote, where there is any.</summary>
    public IReadOnlyList<Draft> Drafts { get; init; } = [];
}

/// <summary>What became of a draft.</summary>
/// <param name="Outcome">What happened.</param>
/// <param name="Revision">What the next save builds on; 0 when nothing was kept.</param>
/// <param name="Newer">What another device saved meanwhile, when this save came too late.</param>
/// <param name="Refusal">Null when it was kept, or another device was first.</param>
public sealed record DraftAnswer(SaveDraftOutcome Outcome, long Revision, Draft? Newer, RefusalText? Refusal);

/// <param name="Seq">Of the command.</param>
/// <param name="Types">What kinds of things happened.</param>
/// <param name="Created">The id of what was made.</param>
public sealed record MissedChange(long Seq, IReadOnlyList<string> Types, Guid? Created);
