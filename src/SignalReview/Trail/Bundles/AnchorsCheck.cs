using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SignalReview.Trail.Anchors;
using SignalReview.Trail.Signing;

namespace SignalReview.Trail.Bundles;

/// <summary>An older checkpoint of the log, and when an authority outside says that it existed.</summary>
/// <param name="Size">The checkpoint's.</param>
/// <param name="Authority">As the organisation calls it.</param>
/// <param name="At">What the authority's clock said.</param>
/// <param name="Trusted">Whether its certificate leads to one that the reader gave.</param>
internal sealed record StampedCheckpoint(long Size, string Authority, DateTimeOffset At, bool Trusted);

/// <summary>
/// Judges the time-stamped checkpoints in a bundle: signed by the log, continued by the bundle's own checkpoint, and each token (RFC 3161) signed for exactly this one.
/// Whether the authority is to be trusted is the reader's to say, with certificates of their own.
/// </summary>
internal sealed class AnchorsCheck(BundleArchive archive, FindingList findings, KeyChain chain, Checkpoint checkpoint, X509Certificate2Collection? trusted)
{
    public const string Checkpoint = "checkpoint";
    public const string Consistency = "consistency.txt";
    public const string Token = ".tsr";

    public async Task<IReadOnlyList<StampedCheckpoint>> RunAsync(CancellationToken ct)
    {
        List<StampedCheckpoint> stamped = [];
        foreach (var folder in archive.Names.Where(n => n.StartsWith(BundleLayout.AnchorFolder, StringComparison.Ordinal)).GroupBy(n => n.Split('/')[2], StringComparer.Ordinal))
        {
            try
            {
                stamped.AddRange(await CheckAsync(folder.Key, [.. folder], ct));
            }
            catch (Exception e) when (e is FormatException || BundleArchive.IsDamage(e))
            {
                findings.Add(new(FindingCode.BadAnchor, $"{BundleLayout.AnchorFolder}{folder.Key}", Detail: e.Message));
            }
        }

        return stamped;
    }

    private async Task<IReadOnlyList<StampedCheckpoint>> CheckAsync(string folder, IReadOnlyList<string> names, CancellationToken ct)
    {
        var bytes = await ReadAsync(folder, Checkpoint, names, ct);
        var note = SignedNote.Parse(bytes);
        var old = Trail.Checkpoint.Parse(note.Text);
        var proof = ConsistencyFile.Parse(Encoding.UTF8.GetString(await ReadAsync(folder, Consistency, names, ct)));
        if (chain.Verify(note, old.Size) != ChainVerdict.Signed || old.Origin != checkpoint.Origin || old.Size.ToString(CultureInfo.InvariantCulture) != folder)
        {
            throw new FormatException("its checkpoint is not signed by this log");
        }

        if (proof.From != old.Size || proof.To != checkpoint.Size || !MerkleTree.VerifyConsistency(old.Size, old.Root, checkpoint.Size, checkpoint.Root, proof.Hashes))
        {
            throw new FormatException("the log does not go on from it");
        }

        List<StampedCheckpoint> stamped = [];
        foreach (var name in names.Where(n => n.EndsWith(Token, StringComparison.Ordinal)))
        {
            var token = await archive.ReadAsync(name, ct);
            var verdict = TimestampToken.Verify(token, bytes, trusted, out var at);
            if (verdict.Outcome is not (AnchorOutcome.Done or AnchorOutcome.Untrusted) || at is null)
            {
                throw new FormatException($"{Path.GetFileName(name)}: {verdict.Outcome} {verdict.Detail}".TrimEnd());
            }

            stamped.Add(new(old.Size, Path.GetFileNameWithoutExtension(name), at.Value, trusted is not null && verdict.Outcome == AnchorOutcome.Done));
        }

        return stamped;
    }

    private Task<byte[]> ReadAsync(string folder, string name, IReadOnlyList<string> names, CancellationToken ct)
    {
        var path = $"{BundleLayout.AnchorFolder}{folder}/{name}";
        return names.Contains(path, StringComparer.Ordinal) ? archive.ReadAsync(path, ct) : throw new FormatException($"{name} is missing");
    }
}
