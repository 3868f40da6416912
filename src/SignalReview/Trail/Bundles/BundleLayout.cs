using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace SignalReview.Trail.Bundles;

/// <summary>The names in a bundle. docs/guides/verify.md describes what each holds.</summary>
internal static class BundleLayout
{
    public const string Format = "2";

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

    /// <summary>The report as pages.</summary>
    public const string ReportPdf = "data/report.pdf";

    /// <summary>The case's trail as W3C PROV.</summary>
    public const string Provenance = "data/prov.json";

    /// <summary>How the signing key was handed over; there when it was.</summary>
    public const string KeyRotations = "data/key-rotations";

    /// <summary>Under which an older checkpoint lies that an authority outside time-stamped; there when one did.</summary>
    public const string AnchorFolder = "data/anchors/";

    /// <summary>All bodies of a range of the log; in a bundle of one case each is a file of its own.</summary>
    public const string Bodies = "data/bodies.jsonl";

    /// <summary>Where a range of the log lies in its tree.</summary>
    public const string Range = "data/range.txt";

    /// <summary>Under which the files of single events lie; whatever stands there belongs to an event.</summary>
    public const string BodyFolder = "data/bodies/";
    public const string ProofFolder = "data/proofs/";

    /// <summary>Files without which no bundle is whole, whatever its scope.</summary>
    public static readonly IReadOnlyList<string> Always =
        [BagIt, BagInfo, Manifest, TagManifest, Signature, Checkpoint, Vkey, Headers, Omitted, Events, Report];

    public static readonly IReadOnlyList<string> OfRange = [Bodies, Range];

    /// <summary>Files that a bundle may lack, of whatever scope: the older ones lack those that tell the events in another form.</summary>
    public static readonly IReadOnlyList<string> Optional = [Consistency, KeyRotations, ReportPdf, Provenance];

    public const string BagItText = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

    private const string SignatureHead = "signalreview/bundle/v1";

    public static string Body(Guid id) => $"{BodyFolder}{id:D}.json";

    public static string Proof(Guid id) => $"{ProofFolder}{id:D}.tlog-proof";

    public static string Anchor(long size, string name) => string.Create(CultureInfo.InvariantCulture, $"{AnchorFolder}{size}/{name}");

    public static string NameOf(BundleScope scope) => scope switch
    {
        BundleScope.Case => "case",
        BundleScope.Period => "period",
        BundleScope.Everything => "everything",
    };

    public static IReadOnlyList<string> Required(BundleScope scope) => [.. Always, .. scope == BundleScope.Case ? [] : OfRange];

    /// <summary>A body's file: itself canonical JSON, so that it has one form only.</summary>
    public static byte[] BodyFile(ReadOnlySpan<byte> bodyJcs, ReadOnlySpan<byte> salt) =>
        [.. "{\"body\":"u8, .. bodyJcs, .. ",\"salt\":\""u8, .. Encoding.ASCII.GetBytes(Convert.ToBase64String(salt)), .. "\"}"u8];

    /// <summary>A line of <see cref="Bodies"/>, canonical too, with its line feed.</summary>
    public static void WriteBodyLine(IBufferWriter<byte> output, Guid id, ReadOnlySpan<byte> bodyJcs, ReadOnlySpan<byte> salt)
    {
        output.Write("{\"body\":"u8);
        output.Write(bodyJcs);
        output.Write(",\"id\":\""u8);
        var span = output.GetSpan(36);
        id.TryFormat(span, out var written, "D");
        output.Advance(written);
        output.Write("\",\"salt\":\""u8);
        span = output.GetSpan(Base64.GetMaxEncodedToUtf8Length(salt.Length));
        Base64.EncodeToUtf8(salt, span, out _, out written);
        output.Advance(written);
        output.Write("\"}\n"u8);
    }

    /// <summary>
    /// What is signed over the whole bag. A manifest alone can be recomputed by whoever changes a file; this text holds the hash
    /// of the tag manifest, which holds that of the manifest, which holds those of all files. Its first line keeps it apart from a
    /// checkpoint under the same key.
    /// </summary>
    public static string SignatureText(string origin, ReadOnlySpan<byte> tagManifestHash) =>
        $"{SignatureHead}\n{origin}\n{Convert.ToHexStringLower(tagManifestHash)}\n";
}
