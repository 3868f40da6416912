using SignalReview.People;

namespace SignalReview.Rooms.Anonymous;

/// <summary>For what a letter stands in for a name. Each has letters of its own: otherwise who votes and has not read would stand out.</summary>
internal enum PseudonymKind { Reading, Vote }

internal sealed record PseudonymRow
{
    public PseudonymKind Kind { get; init; }
    public PersonId PersonId { get; init; }

    /// <summary>Of the letter, from 0.</summary>
    public int Place { get; init; }

    /// <summary>What stands where the person's id would.</summary>
    public Guid ShownId { get; init; }
}

/// <summary>The urn of a detached round. Its content is not part of the case as rules see it.</summary>
internal sealed record UrnRow
{
    public int Round { get; init; }

    /// <summary>Null before the reveal.</summary>
    public Guid? SealedEvent { get; init; }
}

/// <summary>One ballot of a detached round that was revealed: nobody's.</summary>
internal sealed record UrnBallotRow
{
    public int Round { get; init; }

    /// <summary>Among the ballots of the round, sorted by what they say.</summary>
    public int Place { get; init; }
    public VoteOption? Choice { get; init; }
    public string? Answer { get; init; }
    public int? Concern { get; init; }
    public int? Confidence { get; init; }
}
