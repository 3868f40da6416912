using System.Buffers;
using SignalReview.Trail.Bundles;

namespace SignalReview.Trail.Formats;

/// <summary>Converts a bundle that was verified, from the same open file. Memory does not grow with the number of events.</summary>
internal static class BundleConversion
{
    private const int FlushAt = 1 << 16;

    /// <summary>One event a line.</summary>
    /// <returns>How many.</returns>
    public static async Task<long> WriteLinesAsync(Stream bundle, VerificationResult verified, EventFormat format, Stream output, CancellationToken ct)
    {
        using var archive = Open(bundle, verified);
        var buffer = new ArrayBufferWriter<byte>(2 * FlushAt);
        var count = 0L;
        await new BundleEvents(archive, verified.Scope!.Value).EachAsync(
            async (place, leaf) =>
            {
                EventLines.Write(format, buffer, place, leaf.Span);
                count++;
                if (buffer.WrittenCount >= FlushAt)
                {
                    await FlushAsync();
                }
            },
            ct);
        await FlushAsync();
        return count;

        async Task FlushAsync()
        {
            await output.WriteAsync(buffer.WrittenMemory, ct);
            buffer.ResetWrittenCount();
        }
    }

    /// <summary>Of a bundle of one case; a zip of metadata files.</summary>
    public static async Task WriteMdtoAsync(Stream bundle, VerificationResult verified, MdtoStatement said, Stream output, CancellationToken ct)
    {
        using var archive = Open(bundle, verified);
        await new MdtoPackage(archive, verified, said).WriteAsync(output, ct);
    }

    private static BundleArchive Open(Stream bundle, VerificationResult verified) =>
        verified.Verdict != Verdict.Valid
            ? throw new InvalidOperationException("Only what was verified is converted.")
            : BundleArchive.Open(bundle, found => throw new InvalidDataException($"The bundle changed while it was read: {found.Code}."))
                ?? throw new InvalidDataException("The bundle changed while it was read.");
}
