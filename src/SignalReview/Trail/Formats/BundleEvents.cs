using System.Text;
using SignalReview.Trail.Bundles;

namespace SignalReview.Trail.Formats;

/// <summary>The headers of a bundle that was verified, in their order, each with its place in the log. One at a time: a bundle may hold a million.</summary>
internal sealed class BundleEvents(BundleArchive archive, BundleScope scope)
{
    private const int LongestHeader = 1 << 16;

    public async Task EachAsync(Func<long, ReadOnlyMemory<byte>, Task> tell, CancellationToken ct)
    {
        var next = scope == BundleScope.Case
            ? -1
            : RangeFile.Parse(Encoding.UTF8.GetString(await archive.ReadAsync(BundleLayout.Range, ct))).From;
        using var lines = archive.OpenLarge(BundleLayout.Headers, LongestHeader);
        while (Next(lines) is { } leaf)
        {
            ct.ThrowIfCancellationRequested();
            await tell(next < 0 ? await PlaceAsync(leaf, ct) : next++, leaf);
        }
    }

    private static byte[]? Next(HashedReader lines) => lines.TryReadLine(out var line) ? line.ToArray() : null;

    /// <summary>A case's events lie apart in the log; the proof of each says where.</summary>
    private async Task<long> PlaceAsync(byte[] leaf, CancellationToken ct) =>
        TlogProof.Parse(Encoding.UTF8.GetString(await archive.ReadAsync(BundleLayout.Proof(EventHeader.Parse(leaf).Id), ct))).Index;
}
