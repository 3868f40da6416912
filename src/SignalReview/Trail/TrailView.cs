using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Rooms;
using SignalReview.Trail.Bundles;

namespace SignalReview.Trail;

/// <summary>Which trails to list; what is null does not filter.</summary>
/// <param name="From">Begun on this day (UTC) or later.</param>
/// <param name="To">Begun on this day (UTC) or earlier.</param>
/// <param name="Team">Of this team.</param>
/// <param name="Outcome">With this decision, approved or immediate.</param>
/// <param name="Phase">Now in this phase.</param>
public sealed record TrailFilter(DateOnly? From = null, DateOnly? To = null, string? Team = null, VoteOption? Outcome = null, CasePhase? Phase = null)
{
    /// <summary>Only where a decision departs from the vote.</summary>
    public bool Deviates { get; init; }

    /// <summary>Only where somebody stated that they see it otherwise.</summary>
    public bool Dissent { get; init; }

    /// <summary>Only where an action was planned outside working hours.</summary>
    public bool OutsideHours { get; init; }

    /// <summary>Only what went the way of acute danger.</summary>
    public bool EmergencyPath { get; init; }

    /// <summary>Only what somebody without a part in it opened in an emergency.</summary>
    public bool BrokenGlass { get; init; }

    /// <summary>Only where a finding is not closed.</summary>
    public bool OpenFindings { get; init; }
}

/// <param name="Case">The case.</param>
/// <param name="Team">Whose.</param>
/// <param name="Phase">Where it is now.</param>
/// <param name="CreatedAt">When it was begun.</param>
/// <param name="SubmittedAt">When it was submitted.</param>
/// <param name="ClosedAt">When it was closed.</param>
/// <param name="Outcome">Of the decision that stands.</param>
/// <param name="Events">How many events its trail has.</param>
/// <param name="Marks">What there is to look at.</param>
public sealed record TrailCase(
    CaseId Case,
    string Team,
    CasePhase Phase,
    DateTimeOffset CreatedAt,
    DateTimeOffset? SubmittedAt,
    DateTimeOffset? ClosedAt,
    VoteOption? Outcome,
    long Events,
    TrailMarks Marks);

/// <summary>What of a case draws an auditor's eye, in numbers.</summary>
/// <param name="Deviates">A decision departs from the vote.</param>
/// <param name="Dissents">How many stated that they see it otherwise.</param>
/// <param name="OutsideHours">How many actions were planned outside working hours.</param>
/// <param name="EmergencyPath">It went the way of acute danger.</param>
/// <param name="BrokenGlass">How often it was opened in an emergency.</param>
/// <param name="OpenFindings">How many findings are not closed.</param>
public sealed record TrailMarks(bool Deviates, int Dissents, int OutsideHours, bool EmergencyPath, int BrokenGlass, int OpenFindings);

/// <param name="Items">Newest first.</param>
/// <param name="Total">How many match.</param>
/// <param name="Page">From 1.</param>
/// <param name="PageSize">Trails a page.</param>
public sealed record TrailList(IReadOnlyList<TrailCase> Items, int Total, int Page, int PageSize);

/// <summary>What there is to read of an event.</summary>
public enum TrailBodyState
{
    Shown,

    /// <summary>A blind entry that was not revealed.</summary>
    Blind,

    /// <summary>Colleagues read it under a letter; here stands who wrote something, not what.</summary>
    Lettered,

    /// <summary>A legality stop took it out of everyone's sight.</summary>
    Stopped,

    /// <summary>Deleted, with its key.</summary>
    Erased,
}

/// <summary>What is proved of an event.</summary>
public enum TrailProofState
{
    /// <summary>In the tree, and its bytes and body are those that were committed to; no signed checkpoint covers it yet.</summary>
    Appended,

    /// <summary>And a signed checkpoint covers it.</summary>
    Signed,

    /// <summary>And an anchor outside this server has such a checkpoint.</summary>
    Anchored,

    /// <summary>The stored bytes are not those that were committed to.</summary>
    Broken,
}

public static class TrailProofStates
{
    /// <summary>A signed checkpoint covers it, whoever else has that.</summary>
    public static bool IsSigned(this TrailProofState proof) => proof is TrailProofState.Signed or TrailProofState.Anchored;
}

/// <summary>One event. Who, when and which are null for a blind entry that was not revealed.</summary>
/// <param name="CaseSeq">Gapless from 1.</param>
/// <param name="Type">Such as "signal.submitted".</param>
/// <param name="Id">The event.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who; the product itself has the role "system".</param>
/// <param name="Role">As what.</param>
/// <param name="OnBehalfOf">For whom.</param>
/// <param name="Cause">The command; its events share it.</param>
/// <param name="Policy">workflow@version.</param>
/// <param name="LeafIndex">Its place in the log.</param>
/// <param name="LeafHash">Lower-case hex.</param>
/// <param name="Header">The leaf, verbatim.</param>
/// <param name="Proof">What is proved of it.</param>
/// <param name="BodyState">Whether there is something to read.</param>
/// <param name="Body">What was written.</param>
public sealed record TrailEvent(
    long CaseSeq,
    string Type,
    Guid? Id,
    DateTimeOffset? At,
    PersonRef? Actor,
    string? Role,
    string? OnBehalfOf,
    Guid? Cause,
    string? Policy,
    long? LeafIndex,
    string? LeafHash,
    string? Header,
    TrailProofState Proof,
    TrailBodyState BodyState,
    JsonElement? Body);

/// <param name="Case">The case.</param>
/// <param name="Phase">Where it is now.</param>
/// <param name="Events">By their number.</param>
/// <param name="Next">Ask on after this number; null at the end.</param>
/// <param name="Total">How many events there are.</param>
/// <param name="HeldBack">How many of them are shown only after the reveal of what is being collected now.</param>
/// <param name="MayExport">Whether this viewer can export now.</param>
public sealed record TrailView(
    CaseId Case, CasePhase Phase, IReadOnlyList<TrailEvent> Events, long? Next, long Total, long HeldBack, bool MayExport)
{
    /// <summary>Of each reading and vote what is proved of its blindness, in the order in which the last word is said of it.</summary>
    public IReadOnlyList<TrailBlindProof> Blindness { get; init; } = [];
}

/// <summary>One reading, one vote, or the urn of a detached round: fixed there, revealed there, so blind or not.</summary>
/// <param name="Kind">Which of these.</param>
/// <param name="Round">Of a vote or an urn.</param>
/// <param name="By">Whose; null for an urn, and for an entry that was not revealed.</param>
/// <param name="CaseSeq">Its number in the case; null when a reveal names what is not there.</param>
/// <param name="LeafIndex">Its place in the tree; null when it was not revealed.</param>
/// <param name="At">When, by the server's clock.</param>
/// <param name="RevealSeq">The number of its reveal.</param>
/// <param name="RevealLeafIndex">The reveal's place in the tree; a higher one is later.</param>
/// <param name="RevealedAt">When.</param>
/// <param name="Verdict">What follows.</param>
/// <param name="Ballots">How many an urn holds.</param>
/// <param name="Voters">How many people voted into it.</param>
public sealed record TrailBlindProof(
    BlindKind Kind,
    int? Round,
    PersonRef? By,
    long? CaseSeq,
    long? LeafIndex,
    DateTimeOffset? At,
    long? RevealSeq,
    long? RevealLeafIndex,
    DateTimeOffset? RevealedAt,
    BlindVerdict Verdict,
    int? Ballots,
    int? Voters);
