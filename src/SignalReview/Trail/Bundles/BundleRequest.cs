using System.Globalization;
using System.Runtime.InteropServices;

namespace SignalReview.Trail.Bundles;

/// <summary>How much of the log a bundle holds.</summary>
internal enum BundleScope
{
    /// <summary>All events of one case, each with its own proof.</summary>
    Case,

    /// <summary>A stretch of the log that holds every event of a period.</summary>
    Period,

    /// <summary>The whole log.</summary>
    Everything,
}

/// <summary>From a moment up to, but not including, another; UTC, in milliseconds.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BundlePeriod(DateTimeOffset From, DateTimeOffset Before)
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public bool Contains(DateTimeOffset at) => at >= From && at < Before;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Text(From)}/{Text(Before)}");

    /// <summary>Reads exactly what <see cref="ToString"/> gives.</summary>
    public static bool TryParse(string? text, out BundlePeriod period)
    {
        period = default;
        if (text?.Split('/') is not [var from, var before] || !TryTime(from, out var start) || !TryTime(before, out var end))
        {
            return false;
        }

        period = new(start, end);
        return period.From < period.Before && period.ToString() == text;
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    private static bool TryTime(string text, out DateTimeOffset at) =>
        DateTimeOffset.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at);
}

/// <summary>What a bundle is about, and how its readable parts are to be written.</summary>
internal sealed record BundleRequest
{
    public BundleScope Scope { get; init; }

    /// <summary>Of a bundle of one case: which.</summary>
    public Guid? Case { get; init; }

    /// <summary>Of a bundle of a period: which.</summary>
    public BundlePeriod? Period { get; init; }

    /// <summary>Of a range: the leaf with which it begins.</summary>
    public long FirstLeaf { get; init; }

    public RedactionProfile Profile { get; init; } = RedactionProfile.Full;

    /// <summary>When the bundle is made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Shown in the report, for instance the team or the municipality.</summary>
    public required string Organisation { get; init; }

    /// <summary>
    /// The signed checkpoint. For a bundle of one case its last leaf is the case's last event in the bundle (normally the export itself): that is
    /// what proves that no later event of the case was left out.
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

    /// <summary>What authorities outside time-stamped of this log, up to the checkpoint: <see cref="Anchors.AnchorQueue.ReceiptsAsync"/>.</summary>
    public IReadOnlyList<Anchors.AnchorReceipt> Anchors { get; init; } = [];

    /// <summary>Where large parts wait while they are made; only the owner may read it.</summary>
    public required string TemporaryFolder { get; init; }

    /// <summary>The name of an actor where the profile lets people be named.</summary>
    public string? ShownName(string actor) => Profile.Names ? NameOf(actor) : null;

    /// <summary>What of an event is given: a body that the profile or the period leaves out is named instead.</summary>
    public BundleEvent Redact(EventHeader header, BundleEvent item)
    {
        if (Period is { } period && !period.Contains(header.At))
        {
            return new(item.LeafIndex, item.Leaf, BodyOmission.Outside);
        }

        return item.Body is not null && !Profile.Keeps(header.Type) ? new(item.LeafIndex, item.Leaf, BodyOmission.Profile) : item;
    }
}
