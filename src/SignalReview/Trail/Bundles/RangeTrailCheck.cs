using System.Text;

namespace SignalReview.Trail.Bundles;

/// <summary>
/// Walks all leaves of a range of the log: rebuilds the tree over them, and holds each against its body and its row of the table. The files are
/// read side by side, once each; nothing of an event is kept but what <see cref="EventLedger"/> and <see cref="BlindReplay"/> note of it.
/// </summary>
internal sealed class RangeTrailCheck : IDisposable
{
    private const int MaxHeader = 64 * 1024;
    private const int MostMissing = 100;

    private readonly BundleArchive archive;
    private readonly FindingList findings;
    private readonly BundleFacts facts;
    private readonly Checkpoint? checkpoint;
    private readonly byte[] origin;
    private readonly EventLedger ledger;
    private readonly BlindReplay? blindness;
    private readonly EventsTableCheck table;
    private readonly RangeBodies bodies;
    private RangeFile? range;
    private Frontier? edge;
    private int missing;

    public RangeTrailCheck(
        BundleArchive archive, FindingList findings, BundleFacts facts, Checkpoint? checkpoint, string origin, string temporaryFolder)
    {
        this.archive = archive;
        this.findings = findings;
        this.facts = facts;
        this.checkpoint = checkpoint;
        this.origin = Encoding.UTF8.GetBytes(origin);
        ledger = new EventLedger(temporaryFolder);
        // Of a period the reveals of its entries, or the entries of its reveals, may lie outside.
        blindness = facts.Scope == BundleScope.Everything ? new BlindReplay(temporaryFolder) : null;
        table = new EventsTableCheck(archive, findings, facts.Profile.Names);
        bodies = new RangeBodies(archive, findings, facts);
    }

    public long Events { get; private set; }

    public DateTimeOffset? First { get; private set; }

    public DateTimeOffset? Last { get; private set; }

    public RangeFile? Range => range;

    public SortedDictionary<BodyOmission, long> Omitted { get; } = [];

    public long BlindProved => blindness?.Proved ?? 0;

    public long StillBlind => blindness?.StillBlind ?? 0;

    /// <summary>The hashes of the files that were read from end to end, so that nobody has to read them again.</summary>
    public Dictionary<string, byte[]> Hashes { get; } = new(StringComparer.Ordinal);

    public async Task RunAsync(CancellationToken ct)
    {
        await ReadRangeAsync(ct);
        // The walk waits for its readers' threads: it must not hold one of the pool's.
        await Task.Factory.StartNew(() => Walk(ct), ct, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        ledger.Check(whole: facts.Scope == BundleScope.Everything, findings);
        blindness?.Check(findings);
        foreach (var name in archive.Names.Where(BelongsToEvent))
        {
            findings.Add(new(FindingCode.UnknownEvent, name));
        }
    }

    public void Dispose()
    {
        ledger.Dispose();
        blindness?.Dispose();
        table.Dispose();
        bodies.Dispose();
    }

    private static bool BelongsToEvent(string name) =>
        name.StartsWith(BundleLayout.BodyFolder, StringComparison.Ordinal) || name.StartsWith(BundleLayout.ProofFolder, StringComparison.Ordinal);

    private async Task ReadRangeAsync(CancellationToken ct)
    {
        if (await BundleVerifier.ReadTextAsync(archive, findings, new Finding(default, BundleLayout.Range), ct) is not { } text)
        {
            return;
        }

        try
        {
            range = RangeFile.Parse(text);
            edge = range.Edge();
        }
        catch (FormatException e)
        {
            findings.Add(new(FindingCode.BadProof, BundleLayout.Range, Detail: e.Message));
        }
    }

    private void Walk(CancellationToken ct)
    {
        if (!archive.Contains(BundleLayout.Headers))
        {
            return;
        }

        using var headers = archive.OpenLarge(BundleLayout.Headers, MaxHeader);
        try
        {
            while (headers.TryReadLine(out var leaf))
            {
                if ((++Events & 0xFFF) == 0)
                {
                    ct.ThrowIfCancellationRequested();
                }

                Take(leaf);
            }

            if (!headers.EndedInNewline)
            {
                findings.Add(new(FindingCode.BadHeader, BundleLayout.Headers, Detail: "the last line is cut off"));
            }

            Keep(BundleLayout.Headers, headers.Hash);
        }
        catch (InvalidDataException e)
        {
            findings.Add(new(FindingCode.UnreadableEntry, BundleLayout.Headers, Detail: e.Message));
        }

        bodies.Close();
        table.Close();
        Keep(BundleLayout.Bodies, bodies.BodiesHash());
        Keep(BundleLayout.Omitted, bodies.OmittedHash());
        Keep(BundleLayout.Events, table.Hash());
        CheckTree();
    }

    private void Take(ReadOnlySpan<byte> leaf)
    {
        Span<byte> hash = stackalloc byte[MerkleTree.HashSize];
        MerkleTree.LeafHash(leaf, hash);
        edge?.Add(hash);
        HeaderView header;
        try
        {
            header = HeaderView.Read(leaf);
        }
        catch (FormatException e)
        {
            findings.Add(new(FindingCode.BadHeader, BundleLayout.Headers, Detail: $"line {Events}: {e.Message}"));
            table.Skip();
            return;
        }

        CheckHeader(header);
        var found = bodies.Of(header);
        if (found.IsThere || found.Omission is not null)
        {
            missing = 0;
        }
        else if (++missing <= MostMissing)
        {
            findings.Add(new(FindingCode.MissingBody, BundleLayout.Bodies, header.Id, header.CaseSeq));
        }

        if (found.Omission is { } why)
        {
            Omitted[why] = Omitted.GetValueOrDefault(why) + 1;
        }

        var index = range is null ? (long?)null : range.From + Events - 1;
        table.Check(header, index, found.Omission, found.Json, found.IsKnown || found.Omission is not null);
        ledger.Add(
            header.Id, header.Case, header.CaseSeq, index ?? Events - 1, found.Omission == BodyOmission.Erased, header.Type.SequenceEqual("subject.erased"u8));
        if (blindness is not null && BlindReplay.Matters(header.Type))
        {
            blindness.Add(header.Case, index ?? Events - 1, leaf, found.Json, found.IsKnown, found.IsChanged);
        }
    }

    private void CheckHeader(scoped in HeaderView header)
    {
        if (!header.Log.SequenceEqual(origin))
        {
            findings.Add(new(FindingCode.OtherLog, BundleLayout.Headers, header.Id, header.CaseSeq, Encoding.UTF8.GetString(header.Log)));
        }

        if (!header.HasCase)
        {
            findings.Add(new(FindingCode.OtherCase, BundleLayout.Headers, header.Id, Detail: "no case"));
        }

        var at = new DateTimeOffset(header.Time, TimeSpan.Zero);
        if (facts.Period is not { } period)
        {
            First ??= at;
            Last = at;
            return;
        }

        if (period.Contains(at))
        {
            First ??= at;
            Last = at;
        }

        // What comes just before the period, and just after it, shows that nothing of it is missing.
        if (range is { From: > 0 } && Events == 1 && at >= period.From)
        {
            findings.Add(new(FindingCode.PeriodNotProved, BundleLayout.Headers, header.Id, header.CaseSeq, "the first event lies not before the period"));
        }

        if (range is not null && checkpoint is not null && range.From + Events == range.To && range.To < checkpoint.Size && at < period.Before)
        {
            findings.Add(new(FindingCode.PeriodNotProved, BundleLayout.Headers, header.Id, header.CaseSeq, "the last event lies not after the period"));
        }
    }

    private void CheckTree()
    {
        if (Events == 0)
        {
            findings.Add(new(FindingCode.NoEvents, BundleLayout.Headers));
            return;
        }

        if (range is null || edge is null)
        {
            return; // reported with the range
        }

        if (Events != range.To - range.From)
        {
            findings.Add(new(
                FindingCode.RangeMismatch, BundleLayout.Headers, Detail: $"{Events} headers, but leaves {range.From} to {range.To - 1} are {range.To - range.From}"));
        }

        if (checkpoint is null)
        {
            return; // there is no trusted root to hold it against; already reported
        }

        if (range.To > checkpoint.Size || (facts.Scope == BundleScope.Everything && (range.From != 0 || range.To != checkpoint.Size)))
        {
            findings.Add(new(
                FindingCode.RangeMismatch, BundleLayout.Range, Detail: $"leaves {range.From} to {range.To - 1} of {checkpoint.Size}"));
        }
        else if (Events == range.To - range.From
            && !MerkleTree.VerifyConsistency(range.To, edge.Root(), checkpoint.Size, checkpoint.Root, range.After))
        {
            findings.Add(new(FindingCode.RootMismatch, BundleLayout.Headers, Detail: "headers and range do not lead to the signed root"));
        }
    }

    private void Keep(string name, byte[]? hash)
    {
        if (hash is not null)
        {
            Hashes[name] = hash;
        }
    }
}
