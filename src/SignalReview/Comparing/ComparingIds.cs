using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SignalReview.Comparing;

/// <summary>
/// Names for the entries of readings' lists and for statements. An event's own id would hold the moment it was made, and there is none for an
/// entry.
/// </summary>
internal static class ComparingIds
{
    public static Guid Dissent(Guid statementEvent) => Hash("signalreview/dissent/v1\n", statementEvent, 0);

    /// <param name="reading">As the views name it.</param>
    /// <param name="place">In the reading's list, from 0.</param>
    public static Guid Missing(Guid reading, int place) => Hash("signalreview/missing/v1\n", reading, place);

    private static Guid Hash(string what, Guid id, int place)
    {
        var label = Encoding.ASCII.GetBytes(what);
        Span<byte> bytes = stackalloc byte[label.Length + 20];
        label.CopyTo(bytes);
        id.TryWriteBytes(bytes[label.Length..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(bytes[(label.Length + 16)..], place);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return new(hash[..16], bigEndian: true);
    }
}
