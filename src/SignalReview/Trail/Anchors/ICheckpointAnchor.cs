namespace SignalReview.Trail.Anchors;

internal enum AnchorKind
{
    /// <summary>A file that is only added to, on storage that allows no more than that.</summary>
    File,

    /// <summary>An address that takes the note.</summary>
    Webhook,

    /// <summary>A time-stamping authority (RFC 3161).</summary>
    Timestamp,
}

/// <summary>What came of one send. Whatever is not <see cref="Done"/> is tried again.</summary>
internal enum AnchorOutcome
{
    Done,

    /// <summary>The file cannot be written.</summary>
    Unwritable,

    /// <summary>Nobody answers at the address.</summary>
    Unreachable,

    /// <summary>No answer within the time.</summary>
    TimedOut,

    /// <summary>An HTTP status that is no success.</summary>
    BadStatus,

    /// <summary>The answer is no answer of a time-stamping authority.</summary>
    Garbage,

    /// <summary>The authority said no.</summary>
    NotGranted,

    /// <summary>The token is for another text.</summary>
    OtherHash,

    /// <summary>The token answers another request.</summary>
    OtherNonce,

    /// <summary>The token was given under another policy than was asked for.</summary>
    OtherPolicy,

    /// <summary>The token's time is far from ours.</summary>
    OtherTime,

    /// <summary>The token's signature does not verify.</summary>
    BadSignature,

    /// <summary>The token's certificate does not lead to one that is trusted.</summary>
    Untrusted,
}

/// <param name="Outcome">In a word.</param>
/// <param name="Detail">More, for the log; no secrets.</param>
/// <param name="Receipt">What proves that it was sent: a token, or what the address answered.</param>
internal sealed record AnchorAnswer(AnchorOutcome Outcome, string? Detail = null, byte[]? Receipt = null);

/// <summary>A place outside this machine that remembers a checkpoint. Without one, whoever holds the database and the key can rewrite history.</summary>
internal interface ICheckpointAnchor
{
    string Name { get; }

    AnchorKind Kind { get; }

    /// <summary>How much time at least lies between two sends; zero: each checkpoint is sent.</summary>
    TimeSpan Every { get; }

    /// <summary>Sends; may be asked to send the same note again. Expected failures are values.</summary>
    Task<AnchorAnswer> SendAsync(string note, long size, CancellationToken ct);
}
