using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace SignalReview.Trail.Bundles;

/// <summary>
/// The check of blindness over a whole log, in which cases lie mixed: what matters to it waits in buckets by case, on disk when there is much, and
/// each case is then played on its own.
/// </summary>
internal sealed class BlindReplay : IDisposable
{
    private const int Buckets = 64;
    private const int BucketMemory = 64 * 1024;
    private const int HeadSize = 16 + 8 + 1 + 4 + 4;

    private static readonly byte[][] Types = [.. BlindnessCheck.Types.Select(Encoding.UTF8.GetBytes)];

    private readonly Spool[] buckets;

    public BlindReplay(string folder)
    {
        buckets = [.. Enumerable.Range(0, Buckets).Select(_ => new Spool(folder, BucketMemory))];
    }

    /// <summary>Entries that were fixed before their reveal.</summary>
    public long Proved { get; private set; }

    /// <summary>Entries that nothing revealed.</summary>
    public long StillBlind { get; private set; }

    public static bool Matters(ReadOnlySpan<byte> type)
    {
        foreach (var known in Types)
        {
            if (type.SequenceEqual(known))
            {
                return true;
            }
        }

        return false;
    }

    /// <param name="case">The case.</param>
    /// <param name="index">The event's place in the tree.</param>
    /// <param name="leaf">Its header.</param>
    /// <param name="body">Its body, if there is one.</param>
    /// <param name="hasBody">Whether there is.</param>
    /// <param name="changed">The body is not the one that was committed to.</param>
    public void Add(Guid @case, long index, ReadOnlySpan<byte> leaf, ReadOnlySpan<byte> body, bool hasBody, bool changed)
    {
        Span<byte> head = stackalloc byte[HeadSize];
        @case.TryWriteBytes(head);
        BinaryPrimitives.WriteInt64LittleEndian(head[16..], index);
        head[24] = changed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32LittleEndian(head[25..], leaf.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head[29..], hasBody ? body.Length : -1);
        var bucket = buckets[HashCode.Combine(@case) & (Buckets - 1)];
        bucket.Write(head);
        bucket.Write(leaf);
        bucket.Write(body);
    }

    public void Check(FindingList findings)
    {
        foreach (var bucket in buckets)
        {
            bucket.Position = 0;
            Play(bucket, findings);
        }
    }

    public void Dispose()
    {
        foreach (var bucket in buckets)
        {
            bucket.Dispose();
        }
    }

    private void Play(Spool bucket, FindingList findings)
    {
        var cases = new Dictionary<Guid, BlindnessCheck>();
        var head = new byte[HeadSize];
        while (bucket.Position < bucket.Length)
        {
            bucket.ReadExactly(head);
            var @case = new Guid(head.AsSpan(0, 16));
            if (!cases.TryGetValue(@case, out var check))
            {
                cases[@case] = check = new BlindnessCheck();
            }

            var leaf = new byte[BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(25))];
            bucket.ReadExactly(leaf);
            var length = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(29));
            var json = new byte[Math.Max(length, 0)];
            bucket.ReadExactly(json);
            using var body = length < 0 ? null : JsonDocument.Parse(json);
            var header = EventHeader.Parse(leaf);
            var step = check.Add(header, BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(16)), body?.RootElement, head[24] != 0);
            foreach (var proof in step.Proofs)
            {
                Proved += proof.Verdict == BlindVerdict.Blind ? 1 : 0;
                if (proof.IsBreach)
                {
                    findings.Add(Breach(header, proof));
                }
            }
        }

        StillBlind += cases.Values.Sum(c => (long)c.StillBlind);
    }

    /// <summary>Of what is not there, the reveal that names it is the event to look at.</summary>
    public static Finding Breach(EventHeader header, BlindProof proof)
    {
        var (id, seq) = proof.Entry is { } entry ? (entry.Id, entry.CaseSeq) : (header.Id, header.CaseSeq ?? 0);
        var detail = proof.Entry is null ? $"{proof.Verdict} {proof.Event:D}" : proof.Verdict.ToString();
        return new(FindingCode.NotBlind, BundleLayout.Headers, id, seq, detail);
    }
}
