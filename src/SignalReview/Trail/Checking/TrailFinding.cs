namespace SignalReview.Trail.Checking;

/// <summary>What can be wrong with the trail, and with the state it tells of, as the database holds them.</summary>
internal enum TrailFault
{
    /// <summary>The one-row head is not there, or says something else than the events.</summary>
    Head,

    /// <summary>A leaf is missing, or stands where none can be.</summary>
    LeafMissing,

    /// <summary>What was stored as a header is none, or not in its form.</summary>
    LeafUnreadable,

    /// <summary>A leaf and its stored hash do not belong together.</summary>
    LeafHash,

    /// <summary>A column says something else than the header.</summary>
    Column,

    /// <summary>The numbers of a dossier have a gap, or its counter is wrong.</summary>
    CaseSeq,

    /// <summary>A node of the tree is not the hash of the two below it, is missing, or cannot be there.</summary>
    Node,

    /// <summary>A body cannot be opened, belongs to no event, or is not the one that was committed to.</summary>
    Body,

    /// <summary>A body is not there, and no erasure says why.</summary>
    BodyMissing,

    /// <summary>A dossier's key cannot be opened.</summary>
    Dossier,

    /// <summary>A kept checkpoint is not signed, or of another tree.</summary>
    Checkpoint,

    /// <summary>What the signer signed last, outside the database, is not the beginning of this trail.</summary>
    Signed,

    /// <summary>The last checkpoint that was signed is not kept in the database.</summary>
    CheckpointMissing,

    /// <summary>A column of the state says something else than the events that tell of it.</summary>
    State,

    /// <summary>A row that the events tell of is not there.</summary>
    RowMissing,

    /// <summary>A row is there that no event tells of.</summary>
    RowUntold,

    /// <summary>Content outside the events that does not open under its dossier's key, or is not what its fingerprint says.</summary>
    Sealed,

    /// <summary>A kept document is not the one that its fingerprint names.</summary>
    Document,
}

/// <param name="Fault">What.</param>
/// <param name="Table">Where.</param>
/// <param name="Row">Which row: a leaf, a case, a node, a size.</param>
/// <param name="Event">Which event, when it is one.</param>
/// <param name="Detail">The technical detail, in English.</param>
/// <param name="Column">Which column, when it is one.</param>
/// <param name="Case">In whose dossier.</param>
internal sealed record TrailFinding(
    TrailFault Fault, string Table, string Row, Guid? Event = null, string? Detail = null, string? Column = null, Guid? Case = null);
