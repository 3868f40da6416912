using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SignalReview.Trail.Bundles;

/// <summary>
/// Writes the bundle of one case: a BagIt zip that an auditor can verify without us (docs/guides/verify.md). Events pass through
/// once; what is written after them waits in spools, so memory does not grow with their number.
/// </summary>
internal sealed class BundleWriter(CheckpointSigner signer)
{
    private static readonly string SoftwareVersion =
        typeof(BundleWriter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>
    /// Writes the zip to <paramref name="output"/>, which need not seek. <paramref name="events"/> are all of the case, by caseSeq;
    /// <paramref name="nodes"/> is the tree that the checkpoint in <paramref name="request"/> was signed for, or a larger one.
    /// </summary>
    /// <exception cref="FormatException">A stored leaf is no header, or the checkpoint no checkpoint.</exception>
    /// <exception cref="InvalidOperationException">The caller's checkpoint is not that of the last event.</exception>
    public async Task WriteAsync(
        Stream output, BundleRequest request, IAsyncEnumerable<BundleEvent> events, ITreeNodes nodes, CancellationToken ct)
    {
        var checkpoint = Checkpoint.Parse(SignedNote.Parse(request.CheckpointNote).Text);
        using var zip = new ZipStreamWriter(output, request.TemporaryFolder, request.At);
        using var bag = new BagWriter(zip, request.TemporaryFolder);
        using var headers = new Spool(request.TemporaryFolder);
        using var omitted = new Spool(request.TemporaryFolder);
        using var table = new Spool(request.TemporaryFolder);
        using var story = new ReportWriter(request);
        table.Write(Encoding.UTF8.GetBytes(EventsCsv.ByteOrderMark + EventsCsv.Row(EventsCsv.Columns)));

        var (count, omissions, lastLeaf) = (0L, 0L, -1L);
        await foreach (var item in events.WithCancellation(ct))
        {
            var header = EventHeader.Parse(item.Leaf);
            var proof = await MerkleTree.InclusionProofAsync(nodes, item.LeafIndex, checkpoint.Size, ct);
            await bag.AddAsync(BundleLayout.Proof(header.Id), Utf8(new TlogProof(item.LeafIndex, proof, request.CheckpointNote).ToString()), ct);
            if (item.Body is { } body)
            {
                await bag.AddAsync(BundleLayout.Body(header.Id), BundleLayout.BodyFile(Jcs.Canonicalize(body.Json), body.Salt), ct);
            }

            if (item.Omission is { } omission)
            {
                omissions++;
                omitted.Write(Utf8($"{{\"id\":\"{header.Id:D}\",\"reason\":\"{EventsCsv.OmissionName(omission)}\"}}\n"));
            }

            headers.Write(item.Leaf);
            headers.Write("\n"u8);
            Describe(header, item, request, table, story);
            count++;
            lastLeaf = item.LeafIndex;
        }

        if (lastLeaf != checkpoint.Size - 1)
        {
            throw new InvalidOperationException(
                $"The checkpoint is of {checkpoint.Size} leaves, but the case's last event is leaf {lastLeaf}: sign the size just after it.");
        }

        await bag.AddAsync(BundleLayout.Headers, headers, ct);
        if (omissions > 0)
        {
            await bag.AddAsync(BundleLayout.Omitted, omitted, ct);
        }

        await bag.AddAsync(BundleLayout.Events, table, ct);
        using (var report = new Spool(request.TemporaryFolder))
        {
            await story.WriteAsync(report, checkpoint, ct);
            await bag.AddAsync(BundleLayout.Report, report, ct);
        }

        await AddProofOfLogAsync(bag, request, checkpoint, nodes, ct);
        await FinishAsync(zip, bag, BagInfo(request, checkpoint, bag, count, omissions), ct);
    }

    private static void Describe(EventHeader header, BundleEvent item, BundleRequest request, Spool table, ReportWriter story)
    {
        using var body = item.Body is null ? null : JsonDocument.Parse(item.Body.Json);
        var content = item.Body is null ? null : Encoding.UTF8.GetString(Jcs.Canonicalize(body!.RootElement));
        table.Write(Utf8(EventsCsv.Row(EventsCsv.Cells(header, item.LeafIndex, request.NameOf(header.Actor), item.Omission, content))));
        story.Add(header, item, body?.RootElement);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string BagInfo(BundleRequest request, Checkpoint checkpoint, BagWriter bag, long events, long omissions)
    {
        // A line break in a value would begin a new field.
        var organisation = string.Join(' ', request.Organisation.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Source-Organization: {organisation}
            Bagging-Date: {request.At.UtcDateTime:yyyy-MM-dd}
            External-Identifier: {request.Case:D}
            External-Description: Decision trail of one case
            Bag-Software-Agent: SignalReview {SoftwareVersion}
            Payload-Oxum: {bag.PayloadBytes}.{bag.PayloadFiles}
            SignalReview-Format: {BundleLayout.Format}
            SignalReview-Scope: case
            SignalReview-Log: {checkpoint.Origin}
            SignalReview-Case: {request.Case:D}
            SignalReview-Events: {events}
            SignalReview-Bodies-Omitted: {omissions}
            SignalReview-Tree-Size: {checkpoint.Size}

            """).ReplaceLineEndings("\n");
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
    private readonly Spool manifest = new(temporaryFolder);

    public long PayloadBytes { get; private set; }

    public long PayloadFiles { get; private set; }

    public static string Line(ReadOnlySpan<byte> hash, string name) => $"{Convert.ToHexStringLower(hash)}  {name}\n";

    public async Task AddAsync(string name, byte[] content, CancellationToken ct)
    {
        Count(name, SHA256.HashData(content), content.Length);
        await zip.AddAsync(name, content, ct);
    }

    public async Task AddAsync(string name, Spool content, CancellationToken ct)
    {
        content.Position = 0;
        Count(name, await SHA256.HashDataAsync(content, ct), content.Length);
        await zip.AddAsync(name, content, ct);
    }

    /// <summary>Writes the manifest and gives its hash.</summary>
    public async Task<byte[]> FinishAsync(CancellationToken ct)
    {
        manifest.Position = 0;
        var hash = await SHA256.HashDataAsync(manifest, ct);
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
