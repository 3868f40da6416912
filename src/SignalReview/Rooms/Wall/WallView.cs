using SignalReview.Cases;
using SignalReview.Rooms.Methods;
using SignalReview.Rooms.Tallies;

namespace SignalReview.Rooms.Wall;

/// <summary>What a screen that everyone in the room can read may show: no subject, no offline context, no reason, no vote with a name.</summary>
/// <param name="Case">The case.</param>
/// <param name="Seq">Its live sequence number.</param>
/// <param name="Phase">What the room is doing.</param>
/// <param name="Round">0 before the first vote.</param>
/// <param name="PhaseEndsAt">The room's clock.</param>
public sealed record WallView(CaseId Case, long Seq, RoomPhase Phase, int Round, DateTimeOffset? PhaseEndsAt)
{
    /// <summary>As the method calls the phase; null in a room without one.</summary>
    public MethodText? PhaseTitle { get; init; }

    /// <summary>What is asked of everyone in this phase.</summary>
    public MethodText? PhaseText { get; init; }

    /// <summary>What the submitter asks, with the pseudonym and what looks like personal data struck out.</summary>
    public string? Question { get; init; }

    /// <summary>Null while no vote is open.</summary>
    public WallVotes? Votes { get; init; }

    public DateTimeOffset? VoteUntil { get; init; }

    /// <summary>First names of colleagues who want to say something, in the order in which their hands went up.</summary>
    public IReadOnlyList<string> Hands { get; init; } = [];

    /// <summary>First name of who was given the floor.</summary>
    public string? Floor { get; init; }

    /// <summary>Of the last round that was revealed: numbers, no reasons and no names.</summary>
    public VoteTally? Tally { get; init; }
}

public sealed record WallVotes(int In, int Asked);
