using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using SignalReview.Trail.Anchors;
using SignalReview.Trail.Signing;

namespace SignalReview.Trail.Bundles;

/// <summary>
/// Writes a bundle: a BagIt zip that an auditor can verify without us (docs/guides/verify.md). Events pass through once; what is written after
/// them waits in spools, so memory does not grow with their number.
/// </summary>
internal sealed class BundleWriter(CheckpointSigner signer)
{
    private static readonly string SoftwareVersion =
        typeof(BundleWriter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>
    /// Writes the zip to <paramref name="output"/>, which need not seek. <paramref name="events"/> are all of the case, by caseSeq, or all leaves of
    /// the range; <paramref name="nodes"/> is the tree that the checkpoint in <paramref name="request"/> was signed for, or a larger one.
    /// </summary>
    /// <exception cref="FormatException">A stored leaf is no header, or the checkpoint no checkpoint.</exception>
    /// <exception cref="InvalidOperationException">The events are not those that the checkpoint speaks of.</exception>
    public async Task WriteAsync(
        Stream output, BundleRequest request, IAsyncEnumerable<BundleEvent> events, ITreeNodes nodes, CancellationToken ct)
    {
        var checkpoint = Checkpoint.Parse(SignedNote.Parse(request.CheckpointNote).Text);
        using var zip = new ZipStreamWriter(output, request.TemporaryFolder, request.At);
        using var bag = new BagWriter(zip, request.TemporaryFolder);
        using var content = request.Scope == BundleScope.Case
            ? (BundleContent)new CaseContent(bag, request, checkpoint, nodes)
            : new RangeContent(bag, request, checkpoint, nodes);
        await foreach (var item in events.WithCancellation(ct))
        {
            var header = EventHeader.Parse(item.Leaf);
            await content.AddAsync(header, request.Redact(header, item), ct);
        }

        await content.FinishAsync(ct);
        await AddProofOfLogAsync(bag, request, checkpoint, nodes, ct);
        await FinishAsync(zip, bag, BagInfo(request, checkpoint, bag, content), ct);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string BagInfo(BundleRequest request, Checkpoint checkpoint, BagWriter bag, BundleContent content)
    {
        // A line break in a value would begin a new field.
        var organisation = string.Join(' ', request.Organisation.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        var (about, field) = request.Scope switch
        {
            BundleScope.Case => ("Decision trail of one case", $"SignalReview-Case: {request.Case:D}\n"),
            BundleScope.Period => ("Decision trail of a period", $"SignalReview-Period: {request.Period}\n"),
            BundleScope.Everything => ("The whole decision trail", ""),
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Source-Organization: {organisation}
            Bagging-Date: {request.At.UtcDateTime:yyyy-MM-dd}
            External-Description: {about}
            Bag-Software-Agent: SignalReview {SoftwareVersion}
            Payload-Oxum: {bag.PayloadBytes}.{bag.PayloadFiles}
            SignalReview-Format: {BundleLayout.Format}
            SignalReview-Scope: {BundleLayout.NameOf(request.Scope)}
            SignalReview-Profile: {request.Profile.Name}
            SignalReview-Log: {checkpoint.Origin}
            SignalReview-Events: {content.Events}
            SignalReview-Bodies-Omitted: {content.Omitted}
            SignalReview-Tree-Size: {checkpoint.Size}

            """).ReplaceLineEndings("\n") + field;
    }

    private async Task AddProofOfLogAsync(BagWriter bag, BundleRequest request, Checkpoint checkpoint, ITreeNodes nodes, CancellationToken ct)
    {
        await bag.AddAsync(BundleLayout.Checkpoint, Utf8(request.CheckpointNote), ct);
        await bag.AddAsync(BundleLayout.Vkey, Utf8(signer.VerifierKey + "\n"), ct);
        if (request.Since is { } since && since.Size <= checkpoint.Size)
        {
            var proof = await MerkleTree.ConsistencyProofAsync(nodes, since.Size, checkpoint.Size, ct);
            await bag.AddAsync(BundleLayout.Consistency, Utf8(new ConsistencyFile(since.Size, checkpoint.Size, proof).ToString()), ct);
        }

        if (signer.Chain.Notes is { Count: > 0 } rotations)
        {
            await bag.AddAsync(BundleLayout.KeyRotations, Utf8(KeyChain.ToText(rotations)), ct);
        }

        await AddAnchorsAsync(bag, request, checkpoint, nodes, ct);
    }

    /// <summary>Of each authority the largest checkpoint that it time-stamped, with the proof that this bundle's log goes on from it.</summary>
    private static async Task AddAnchorsAsync(BagWriter bag, BundleRequest request, Checkpoint checkpoint, ITreeNodes nodes, CancellationToken ct)
    {
        var stamped = request.Anchors
            .Where(a => a is { Kind: AnchorKind.Timestamp, Receipt: not null } && a.TreeSize <= checkpoint.Size)
            .GroupBy(a => a.Anchor)
            .Select(ofOne => ofOne.MaxBy(a => a.TreeSize)!);
        foreach (var size in stamped.GroupBy(a => a.TreeSize))
        {
            var proof = await MerkleTree.ConsistencyProofAsync(nodes, size.Key, checkpoint.Size, ct);
            await bag.AddAsync(BundleLayout.Anchor(size.Key, AnchorsCheck.Checkpoint), Utf8(size.First().Note), ct);
            await bag.AddAsync(BundleLayout.Anchor(size.Key, AnchorsCheck.Consistency), Utf8(new ConsistencyFile(size.Key, checkpoint.Size, proof).ToString()), ct);
            foreach (var anchor in size)
            {
                await bag.AddAsync(BundleLayout.Anchor(size.Key, anchor.Anchor + AnchorsCheck.Token), anchor.Receipt!, ct);
            }
        }
    }

    private async Task FinishAsync(ZipStreamWriter zip, BagWriter bag, string bagInfo, CancellationToken ct)
    {
        var tags = new StringBuilder();
        await AddTagAsync(BundleLayout.BagIt, Utf8(BundleLayout.BagItText));
        await AddTagAsync(BundleLayout.BagInfo, Utf8(bagInfo));
        tags.Append(BagWriter.Line(await bag.FinishAsync(ct), BundleLayout.Manifest));
        var tagManifest = Utf8(tags.ToString());
        await zip.AddAsync(BundleLayout.TagManifest, tagManifest, ct);
        var signature = await signer.SignTextAsync(BundleLayout.SignatureText(signer.Origin, SHA256.HashData(tagManifest)), ct);
        await zip.AddAsync(BundleLayout.Signature, Utf8(signature), ct);
        await zip.FinishAsync(ct);

        async Task AddTagAsync(string name, byte[] content)
        {
            tags.Append(BagWriter.Line(SHA256.HashData(content), name));
            await zip.AddAsync(name, content, ct);
        }
    }
}

/// <summary>Adds payload files to the zip and keeps their manifest.</summary>
internal sealed class BagWriter(ZipStreamWriter zip, string temporaryFolder) : IDisposable
{
    private readonly PayloadFile manifest = new(temporaryFolder);

    public long PayloadBytes { get; private set; }

    public long PayloadFiles { get; private set; }

    public static string Line(ReadOnlySpan<byte> hash, string name) => $"{Convert.ToHexStringLower(hash)}  {name}\n";

    public async Task AddAsync(string name, byte[] content, CancellationToken ct)
    {
        Count(name, SHA256.HashData(content), content.Length);
        await zip.AddAsync(name, content, ct);
    }

    public async Task AddAsync(string name, PayloadFile content, CancellationToken ct)
    {
        Count(name, content.Complete(), content.Length);
        await zip.AddAsync(name, content, ct);
    }

    /// <summary>Writes the manifest and gives its hash.</summary>
    public async Task<byte[]> FinishAsync(CancellationToken ct)
    {
        var hash = manifest.Complete();
        await zip.AddAsync(BundleLayout.Manifest, manifest, ct);
        return hash;
    }

    public void Dispose() => manifest.Dispose();

    private void Count(string name, byte[] hash, long length)
    {
        manifest.Write(Encoding.UTF8.GetBytes(Line(hash, name)));
        PayloadBytes += length;
        PayloadFiles++;
    }
}
