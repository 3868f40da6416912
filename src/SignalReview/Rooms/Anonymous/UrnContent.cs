using System.Buffers.Binary;
using System.Text.Json;
using SignalReview.Trail;

namespace SignalReview.Rooms.Anonymous;

/// <summary>
/// The ballots of a detached round as bytes: sorted by what they say, so that the order of voting leaves no mark, and filled up, so that their
/// length does not tell how long the last one was.
/// </summary>
internal static class UrnContent
{
    /// <summary>Of the bytes that are stored: room for a few dozen ballots before it grows at all.</summary>
    public const int Grain = 64 * 1024;

    private const int LengthSize = sizeof(int);

    /// <summary>By their canonical bytes; equal ballots stand side by side.</summary>
    public static IReadOnlyList<Ballot> Sorted(IEnumerable<Ballot> ballots) =>
        [.. ballots.OrderBy(b => Convert.ToHexString(TrailJson.Canonical(b)), StringComparer.Ordinal)];

    public static byte[] Pack(IEnumerable<Ballot> ballots)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(Sorted(ballots), TrailJson.Options);
        var size = (LengthSize + json.Length + Grain - 1) / Grain * Grain;
        var packed = new byte[size];
        BinaryPrimitives.WriteInt32BigEndian(packed, json.Length);
        json.CopyTo(packed.AsSpan(LengthSize));
        return packed;
    }

    /// <exception cref="FormatException">These are not the bytes of an urn.</exception>
    public static IReadOnlyList<Ballot> Unpack(ReadOnlySpan<byte> packed)
    {
        var length = packed.Length < LengthSize ? -1 : BinaryPrimitives.ReadInt32BigEndian(packed);
        return length >= 0 && length <= packed.Length - LengthSize
            ? JsonSerializer.Deserialize<IReadOnlyList<Ballot>>(packed.Slice(LengthSize, length), TrailJson.Options) ?? []
            : throw new FormatException("The content of an urn is cut off.");
    }
}
