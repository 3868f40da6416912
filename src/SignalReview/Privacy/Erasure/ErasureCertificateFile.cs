using System.Text.Json;
using SignalReview.Trail;

namespace SignalReview.Privacy.Erasure;

/// <summary>A certificate as a file, and back.</summary>
internal static class ErasureCertificateFile
{
    private static readonly JsonSerializerOptions Indented = new(TrailJson.Options) { WriteIndented = true };

    public static byte[] Write(ErasureCertificate certificate) => JsonSerializer.SerializeToUtf8Bytes(certificate, Indented);

    /// <returns>Null when it is none.</returns>
    public static ErasureCertificate? Read(ReadOnlySpan<byte> file)
    {
        try
        {
            return JsonSerializer.Deserialize<ErasureCertificate>(file, TrailJson.Options) is { Facts: not null, Proof: not null, Note: not null } certificate ? certificate : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
