using System.Text;

namespace SignalReview.Trail.Bundles;

/// <summary>The names in a bundle. docs/guides/verify.md describes what each holds.</summary>
internal static class BundleLayout
{
    public const string Format = "1";

    public const string BagIt = "bagit.txt";
    public const string BagInfo = "bag-info.txt";
    public const string Manifest = "manifest-sha256.txt";
    public const string TagManifest = "tagmanifest-sha256.txt";
    public const string Signature = "bundle-signature";

    public const string Checkpoint = "data/checkpoint";
    public const string Vkey = "data/vkey";
    public const string Headers = "data/headers.jsonl";
    public const string Omitted = "data/omitted.jsonl";
    public const string Consistency = "data/consistency.txt";
    public const string Events = "data/events.csv";
    public const string Report = "data/report.html";

    public const string BagItText = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

    private const string SignatureHead = "signalreview/bundle/v1";

    public static string Body(Guid id) => $"data/bodies/{id:D}.json";

    public static string Proof(Guid id) => $"data/proofs/{id:D}.tlog-proof";

    /// <summary>A body's file: itself canonical JSON, so that it has one form only.</summary>
    public static byte[] BodyFile(ReadOnlySpan<byte> bodyJcs, ReadOnlySpan<byte> salt) =>
        [.. "{\"body\":"u8, .. bodyJcs, .. ",\"salt\":\""u8, .. Encoding.ASCII.GetBytes(Convert.ToBase64String(salt)), .. "\"}"u8];

    /// <summary>
    /// What is signed over the whole bag. A manifest alone can be recomputed by whoever changes a file; this text holds the hash
    /// of the tag manifest, which holds that of the manifest, which holds those of all files. Its first line keeps it apart from a
    /// checkpoint under the same key.
    /// </summary>
    public static string SignatureText(string origin, ReadOnlySpan<byte> tagManifestHash) =>
        $"{SignatureHead}\n{origin}\n{Convert.ToHexStringLower(tagManifestHash)}\n";
}
