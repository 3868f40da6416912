namespace SignalReview.Trail.Bundles;

/// <summary>Why an event's body is not in the bundle. Its header and proof always are.</summary>
internal enum BodyOmission
{
    /// <summary>The body no longer exists: its dossier's key was destroyed.</summary>
    Erased,

    /// <summary>Left out by the profile under which the bundle was made.</summary>
    Redacted,
}

/// <summary>The private content of an event, as it was committed to: 32 bytes of salt and the body's JSON.</summary>
internal sealed record BundleBody(byte[] Salt, byte[] Json);

/// <summary>One event as the store hands it to an export; either a body or the reason why there is none.</summary>
internal sealed record BundleEvent
{
    public BundleEvent(long leafIndex, byte[] leaf, BundleBody body)
        : this(leafIndex, leaf) => Body = body;

    public BundleEvent(long leafIndex, byte[] leaf, BodyOmission omission)
        : this(leafIndex, leaf) => Omission = omission;

    private BundleEvent(long leafIndex, byte[] leaf)
    {
        LeafIndex = leafIndex;
        Leaf = leaf;
    }

    public long LeafIndex { get; }

    /// <summary>The header's bytes, verbatim as they were appended.</summary>
    public byte[] Leaf { get; }

    public BundleBody? Body { get; }

    public BodyOmission? Omission { get; }
}

/// <summary>What a bundle of one case is about, and how its readable parts are to be written.</summary>
internal sealed record BundleRequest
{
    public required Guid Case { get; init; }

    /// <summary>When the bundle is made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Shown in the report, for instance the team or the municipality.</summary>
    public required string Organisation { get; init; }

    /// <summary>
    /// The signed checkpoint whose last leaf is the case's last event in the bundle (normally the export itself). That is what
    /// proves that no later event of the case was left out.
    /// </summary>
    public required string CheckpointNote { get; init; }

    /// <summary>The display name of an actor, for the report and the table; null when unknown. Names are not part of the proof.</summary>
    public required Func<string, string?> NameOf { get; init; }

    /// <summary>The time zone in which the report tells its times.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>"nl" or "en".</summary>
    public string Language { get; init; } = "nl";

    /// <summary>A checkpoint that the reader already has, from an earlier bundle; its consistency with this one is then proved too.</summary>
    public Checkpoint? Since { get; init; }

    /// <summary>Where large parts wait while they are made; only the owner may read it.</summary>
    public required string TemporaryFolder { get; init; }
}
