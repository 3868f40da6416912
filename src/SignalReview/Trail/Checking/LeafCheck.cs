using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Trail.Checking;

/// <summary>An event's row, without its body.</summary>
internal record LeafRow
{
    public long LeafIndex { get; init; }
    public Guid EventId { get; init; }
    public CaseId CaseId { get; init; }
    public long CaseSeq { get; init; }
    public string Type { get; init; } = "";
    public PersonId ActorId { get; init; }
    public DateTimeOffset At { get; init; }
    public byte[] Leaf { get; init; } = [];
    public byte[] LeafHash { get; init; } = [];
}

/// <param name="Fault">What.</param>
/// <param name="Column">Which column, when it is one.</param>
/// <param name="Detail">The technical detail, in English.</param>
internal readonly record struct LeafComplaint(TrailFault Fault, string? Column = null, string? Detail = null);

/// <summary>
/// One event's row by itself: that its hash is its leaf's, its leaf a header, and its columns what the header says. The signer asks this of each
/// event before it signs, and <see cref="TrailCheck"/> of all.
/// </summary>
internal static class LeafCheck
{
    /// <param name="row">The row.</param>
    /// <param name="hash">The hash of its leaf.</param>
    /// <param name="header">What the leaf says; null when it says nothing.</param>
    public static IReadOnlyList<LeafComplaint> Complaints(LeafRow row, out byte[] hash, out EventHeader? header)
    {
        List<LeafComplaint> complaints = [];
        hash = MerkleTree.LeafHash(row.Leaf);
        if (!hash.AsSpan().SequenceEqual(row.LeafHash))
        {
            complaints.Add(new(TrailFault.LeafHash, "leaf_hash"));
        }

        try
        {
            header = EventHeader.Parse(row.Leaf);
        }
        catch (FormatException e)
        {
            header = null;
            complaints.Add(new(TrailFault.LeafUnreadable, "leaf", e.Message));
            return complaints;
        }

        complaints.AddRange(Columns(row, header).Select(column => new LeafComplaint(TrailFault.Column, column)));
        return complaints;
    }

    private static IEnumerable<string> Columns(LeafRow row, EventHeader header)
    {
        if (header.Log != TrailLog.Name)
        {
            yield return "log";
        }

        if (header.Id != row.EventId)
        {
            yield return "event_id";
        }

        if (header.Case != row.CaseId.Value)
        {
            yield return "case_id";
        }

        if (header.CaseSeq != row.CaseSeq)
        {
            yield return "case_seq";
        }

        if (header.Type != row.Type)
        {
            yield return "type";
        }

        if (header.Actor != row.ActorId.ToString())
        {
            yield return "actor_id";
        }

        if (header.At != row.At)
        {
            yield return "at";
        }
    }
}
