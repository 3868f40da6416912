namespace SignalReview.Trail.Bundles;

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
