using System.Buffers;
using System.Text;
using System.Text.Json;

namespace SignalReview.Trail.Bundles;

/// <summary>The events of a bundle on their way into it: what is the same for one case and for a range of the log.</summary>
internal abstract class BundleContent : IDisposable
{
    private readonly PayloadFile headers;
    private readonly PayloadFile omitted;
    private readonly PayloadFile table;
    private readonly IReadOnlyList<IBundleDocument> documents;

    protected BundleContent(BagWriter bag, BundleRequest request, Checkpoint checkpoint, ITreeNodes nodes)
    {
        (Bag, Request, Checkpoint, Nodes) = (bag, request, checkpoint, nodes);
        headers = new(request.TemporaryFolder);
        omitted = new(request.TemporaryFolder);
        table = new(request.TemporaryFolder);
        documents = BundleDocuments.Of(request);
        table.Write(Encoding.UTF8.GetBytes(EventsCsv.ByteOrderMark + EventsCsv.Row(EventsCsv.Columns)));
    }

    public long Events { get; private set; }

    public long Omitted { get; private set; }

    protected BagWriter Bag { get; }

    protected BundleRequest Request { get; }

    protected Checkpoint Checkpoint { get; }

    protected ITreeNodes Nodes { get; }

    /// <param name="header">The next event's.</param>
    /// <param name="item">As it goes into the bundle.</param>
    /// <param name="ct">The caller's token.</param>
    public async ValueTask AddAsync(EventHeader header, BundleEvent item, CancellationToken ct)
    {
        var json = item.Body is { } body ? Jcs.AsCanonical(body.Json) : null;
        await PlaceAsync(header, item, json, ct);
        if (item.Omission is { } omission)
        {
            Omitted++;
            omitted.Write(Encoding.UTF8.GetBytes(new OmissionLine(header.Id, omission, omission == BodyOmission.Profile ? Request.Profile.Name : null) + "\n"));
        }

        headers.Write(item.Leaf);
        headers.Write("\n"u8);
        var content = json is null ? null : Encoding.UTF8.GetString(json);
        table.Write(Encoding.UTF8.GetBytes(
            EventsCsv.Row(EventsCsv.Cells(header, item.LeafIndex, Request.ShownName(header.Actor), item.Omission, content))));
        Describe(header, item, json);
        Events++;
    }

    public async Task FinishAsync(CancellationToken ct)
    {
        await EndAsync(ct);
        await Bag.AddAsync(BundleLayout.Headers, headers, ct);
        await Bag.AddAsync(BundleLayout.Omitted, omitted, ct);
        await Bag.AddAsync(BundleLayout.Events, table, ct);
        foreach (var document in documents)
        {
            using var file = new PayloadFile(Request.TemporaryFolder);
            await document.WriteAsync(file, Checkpoint, ct);
            await Bag.AddAsync(document.Name, file, ct);
        }
    }

    public void Dispose()
    {
        headers.Dispose();
        omitted.Dispose();
        table.Dispose();
        foreach (var document in documents)
        {
            document.Dispose();
        }

        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Writes the body, and what proves the event, where the scope has them.</summary>
    protected abstract ValueTask PlaceAsync(EventHeader header, BundleEvent item, byte[]? bodyJcs, CancellationToken ct);

    /// <summary>After the last event: holds it against the checkpoint, and adds what is left.</summary>
    protected abstract Task EndAsync(CancellationToken ct);

    protected virtual void Dispose(bool disposing)
    {
    }

    private void Describe(EventHeader header, BundleEvent item, byte[]? bodyJcs)
    {
        using var body = bodyJcs is null ? null : JsonDocument.Parse(bodyJcs);
        foreach (var document in documents)
        {
            document.Add(header, item, body?.RootElement);
        }
    }
}

/// <summary>One case: a proof and a body of its own for each event, so that each can be shown alone.</summary>
internal sealed class CaseContent(BagWriter bag, BundleRequest request, Checkpoint checkpoint, ITreeNodes nodes)
    : BundleContent(bag, request, checkpoint, nodes)
{
    private long lastLeaf = -1;

    protected override async ValueTask PlaceAsync(EventHeader header, BundleEvent item, byte[]? bodyJcs, CancellationToken ct)
    {
        var proof = await MerkleTree.InclusionProofAsync(Nodes, item.LeafIndex, Checkpoint.Size, ct);
        var text = new TlogProof(item.LeafIndex, proof, Request.CheckpointNote).ToString();
        await Bag.AddAsync(BundleLayout.Proof(header.Id), Encoding.UTF8.GetBytes(text), ct);
        if (bodyJcs is not null)
        {
            await Bag.AddAsync(BundleLayout.Body(header.Id), BundleLayout.BodyFile(bodyJcs, item.Body!.Salt), ct);
        }

        lastLeaf = item.LeafIndex;
    }

    protected override Task EndAsync(CancellationToken ct) => lastLeaf == Checkpoint.Size - 1
        ? Task.CompletedTask
        : throw new InvalidOperationException(
            $"The checkpoint is of {Checkpoint.Size} leaves, but the case's last event is leaf {lastLeaf}: sign the size just after it.");
}

/// <summary>A range of the log: all its leaves, so that the tree itself is the proof of each.</summary>
internal sealed class RangeContent(BagWriter bag, BundleRequest request, Checkpoint checkpoint, ITreeNodes nodes)
    : BundleContent(bag, request, checkpoint, nodes)
{
    private readonly PayloadFile bodies = new(request.TemporaryFolder);
    private readonly ArrayBufferWriter<byte> line = new(1024);
    private long next = request.FirstLeaf;

    protected override ValueTask PlaceAsync(EventHeader header, BundleEvent item, byte[]? bodyJcs, CancellationToken ct)
    {
        if (item.LeafIndex != next)
        {
            throw new InvalidOperationException($"Leaf {next} is missing: leaf {item.LeafIndex} came.");
        }

        next++;
        if (bodyJcs is not null)
        {
            line.ResetWrittenCount();
            BundleLayout.WriteBodyLine(line, header.Id, bodyJcs, item.Body!.Salt);
            bodies.Write(line.WrittenSpan);
        }

        return ValueTask.CompletedTask;
    }

    protected override async Task EndAsync(CancellationToken ct)
    {
        if (next == Request.FirstLeaf || (Request.Scope == BundleScope.Everything && (Request.FirstLeaf != 0 || next != Checkpoint.Size)))
        {
            throw new InvalidOperationException($"Leaves {Request.FirstLeaf} to {next} of {Checkpoint.Size} are not what was asked for.");
        }

        var range = await RangeFile.CreateAsync(Nodes, Request.FirstLeaf, next, Checkpoint.Size, ct);
        await Bag.AddAsync(BundleLayout.Range, Encoding.UTF8.GetBytes(range.ToString()), ct);
        await Bag.AddAsync(BundleLayout.Bodies, bodies, ct);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            bodies.Dispose();
        }

        base.Dispose(disposing);
    }
}
