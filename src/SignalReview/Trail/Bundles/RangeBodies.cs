using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace SignalReview.Trail.Bundles;

/// <summary>What a range has of one event's body.</summary>
internal readonly ref struct RangeBody
{
    /// <summary>In canonical form, if it is known.</summary>
    public ReadOnlySpan<byte> Json { get; init; }

    /// <summary>Why there is none.</summary>
    public BodyOmission? Omission { get; init; }

    /// <summary>There is a line for it.</summary>
    public bool IsThere { get; init; }

    /// <summary>The line has its form.</summary>
    public bool IsKnown { get; init; }

    /// <summary>It is not what was committed to.</summary>
    public bool IsChanged { get; init; }
}

/// <summary>
/// The bodies of a range and what is left out of it, each in the order of the headers. One line ahead is looked at, so that one line too many or
/// too few does not spoil all that come after it.
/// </summary>
internal sealed class RangeBodies : IDisposable
{
    private const int TailLength = 7 + 36 + 10 + 44 + 2;
    private const int MaxLine = BundleArchive.MaxSmallFile + 256;
    private const int MaxOmission = 256;

    private readonly FindingList findings;
    private readonly BundleFacts facts;
    private readonly LinePair? bodies;
    private readonly LinePair? omitted;

    public RangeBodies(BundleArchive archive, FindingList findings, BundleFacts facts)
    {
        this.findings = findings;
        this.facts = facts;
        bodies = archive.Contains(BundleLayout.Bodies) ? new(archive.OpenLarge(BundleLayout.Bodies, MaxLine)) : null;
        omitted = archive.Contains(BundleLayout.Omitted) ? new(archive.OpenLarge(BundleLayout.Omitted, MaxOmission)) : null;
    }

    /// <summary>What there is of an event: its body in canonical form, or why not.</summary>
    public RangeBody Of(scoped in HeaderView header)
    {
        var isBody = Advance(bodies, BundleLayout.Bodies, header.IdText, IdOfBody);
        var isOmitted = Advance(omitted, BundleLayout.Omitted, header.IdText, IdOfOmission);
        BodyOmission? omission = isOmitted ? Omission(header) : null;
        if (!isBody)
        {
            return new() { Omission = omission };
        }

        if (isOmitted)
        {
            findings.Add(About(FindingCode.BadOmission, BundleLayout.Omitted, header, "the body is there"));
        }

        var line = bodies!.Take();
        var body = line[8..^TailLength];
        Span<byte> salt = stackalloc byte[Commitment.SaltSize + 1];
        Span<byte> commit = stackalloc byte[Commitment.SaltSize + 1];
        if (!TrySalt(line.Slice(line.Length - 2 - 44, 44), salt) || !Jcs.IsCanonical(body))
        {
            findings.Add(About(FindingCode.BadBody, BundleLayout.Bodies, header, "it is not in canonical form"));
            return new() { Omission = omission, IsThere = true, IsChanged = true };
        }

        Base64.DecodeFromUtf8(header.Commit, commit, out _, out _);
        var changed = !Commitment.Matches(commit[..Commitment.Size], salt[..Commitment.SaltSize], body);
        if (changed)
        {
            findings.Add(About(FindingCode.CommitmentMismatch, BundleLayout.Bodies, header, null));
        }

        CheckProfile(header);
        return new() { Json = body, IsThere = true, IsKnown = true, IsChanged = changed };
    }

    public void Close()
    {
        Close(bodies, BundleLayout.Bodies, IdOfBody);
        Close(omitted, BundleLayout.Omitted, IdOfOmission);
    }

    public byte[]? BodiesHash() => bodies?.Hash;

    public byte[]? OmittedHash() => omitted?.Hash;

    public void Dispose()
    {
        bodies?.Dispose();
        omitted?.Dispose();
    }

    private static ReadOnlySpan<byte> IdOfBody(ReadOnlySpan<byte> line)
    {
        if (line.Length <= 8 + TailLength || !line.StartsWith("{\"body\":"u8))
        {
            return default;
        }

        var tail = line[^TailLength..];
        return tail.StartsWith(",\"id\":\""u8) && tail[43..].StartsWith("\",\"salt\":\""u8) && tail.EndsWith("\"}"u8) ? tail.Slice(7, 36) : default;
    }

    private static ReadOnlySpan<byte> IdOfOmission(ReadOnlySpan<byte> line) =>
        line.Length > 43 && line.StartsWith("{\"id\":\""u8) ? line.Slice(7, 36) : default;

    private static bool TrySalt(ReadOnlySpan<byte> text, Span<byte> salt)
    {
        Span<byte> again = stackalloc byte[44];
        return Base64.DecodeFromUtf8(text, salt, out _, out var count) == OperationStatus.Done
            && count == Commitment.SaltSize
            && Base64.EncodeToUtf8(salt[..count], again, out _, out _) == OperationStatus.Done
            && again.SequenceEqual(text);
    }

    private static Finding About(FindingCode code, string file, scoped in HeaderView header, string? detail) =>
        new(code, file, header.Id, header.HasCase ? header.CaseSeq : null, detail);

    /// <summary>Whether the next line is this event's. A line before it that belongs to no event here is named and left behind.</summary>
    private bool Advance(LinePair? lines, string file, ReadOnlySpan<byte> id, LineId idOf)
    {
        if (lines is null)
        {
            return false;
        }

        if (lines.HasCurrent && idOf(lines.Current).SequenceEqual(id))
        {
            return true;
        }

        if (!lines.HasNext || !idOf(lines.Next).SequenceEqual(id))
        {
            return false;
        }

        Stray(file, idOf(lines.Current), lines.Current);
        lines.Take();
        return true;
    }

    private void Close(LinePair? lines, string file, LineId idOf)
    {
        if (lines is null)
        {
            return;
        }

        for (var left = 0; lines.HasCurrent; left++)
        {
            if (left == 0)
            {
                Stray(file, idOf(lines.Current), lines.Current);
            }

            lines.Take();
        }

        if (lines.Damage is { } damage)
        {
            findings.Add(new(FindingCode.UnreadableEntry, file, Detail: damage.Message));
        }
        else if (!lines.EndedInNewline)
        {
            findings.Add(new(file == BundleLayout.Bodies ? FindingCode.BadBody : FindingCode.BadOmission, file, Detail: "the last line is cut off"));
        }
    }

    private void Stray(string file, ReadOnlySpan<byte> id, ReadOnlySpan<byte> line)
    {
        if (Guid.TryParseExact(Encoding.UTF8.GetString(id), "D", out var known))
        {
            findings.Add(new(FindingCode.UnknownEvent, file, known));
        }
        else
        {
            findings.Add(new(
                file == BundleLayout.Bodies ? FindingCode.BadBody : FindingCode.BadOmission, file, Detail: Encoding.UTF8.GetString(line[..Math.Min(line.Length, 200)])));
        }
    }

    private BodyOmission? Omission(scoped in HeaderView header)
    {
        if (!OmissionLine.TryParse(Encoding.UTF8.GetString(omitted!.Take()), out var omission))
        {
            findings.Add(About(FindingCode.BadOmission, BundleLayout.Omitted, header, "it has not the right form"));
            return null;
        }

        if (facts.Complaint(omission, new DateTimeOffset(header.Time, TimeSpan.Zero)) is { } complaint)
        {
            findings.Add(About(FindingCode.BadOmission, BundleLayout.Omitted, header, complaint));
        }

        return omission.Reason;
    }

    private void CheckProfile(scoped in HeaderView header)
    {
        if (facts.ComplaintOfBody(new DateTimeOffset(header.Time, TimeSpan.Zero)) is { } complaint)
        {
            findings.Add(About(FindingCode.BadOmission, BundleLayout.Bodies, header, complaint));
        }
    }

    private delegate ReadOnlySpan<byte> LineId(ReadOnlySpan<byte> line);
}
