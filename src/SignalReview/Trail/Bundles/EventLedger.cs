using System.Buffers.Binary;

namespace SignalReview.Trail.Bundles;

/// <summary>
/// Judges what can only be seen of all events of a range together: no id twice, no gap in any case's numbers, nothing called erased without an
/// erasure. Notes lie in buckets, by id and by case, on disk when there are many, and are looked at one bucket at a time: what is kept in memory
/// is a small share of the events.
/// </summary>
internal sealed class EventLedger : IDisposable
{
    private const int Buckets = 64;
    private const int BucketMemory = 32 * 1024;
    private const int IdNote = 16 + 8;
    private const int CaseNote = 16 + 16 + 8 + 8 + 1;
    private const byte SaysErased = 1;
    private const byte IsErasure = 2;

    private readonly Spool[] ids;
    private readonly Spool[] cases;

    public EventLedger(string folder)
    {
        ids = [.. Enumerable.Range(0, Buckets).Select(_ => new Spool(folder, BucketMemory))];
        cases = [.. Enumerable.Range(0, Buckets).Select(_ => new Spool(folder, BucketMemory))];
    }

    /// <param name="id">The event.</param>
    /// <param name="case">Its case.</param>
    /// <param name="seq">Its number there.</param>
    /// <param name="leaf">Its place in the tree.</param>
    /// <param name="saysErased">The bundle says that its body was erased.</param>
    /// <param name="isErasure">It tells that something was erased.</param>
    public void Add(Guid id, Guid @case, long seq, long leaf, bool saysErased, bool isErasure)
    {
        Span<byte> note = stackalloc byte[CaseNote];
        id.TryWriteBytes(note);
        BinaryPrimitives.WriteInt64LittleEndian(note[16..], leaf);
        ids[Bucket(id)].Write(note[..IdNote]);

        @case.TryWriteBytes(note);
        id.TryWriteBytes(note[16..]);
        BinaryPrimitives.WriteInt64LittleEndian(note[32..], seq);
        BinaryPrimitives.WriteInt64LittleEndian(note[40..], leaf);
        note[48] = (byte)((saysErased ? SaysErased : 0) | (isErasure ? IsErasure : 0));
        cases[Bucket(@case)].Write(note);
    }

    /// <param name="whole">All events from the first one on are there: cases begin at 1, and erasures are in it.</param>
    /// <param name="findings">Where what is wrong goes.</param>
    public void Check(bool whole, FindingList findings)
    {
        foreach (var bucket in ids)
        {
            CheckIds(Notes(bucket), findings);
        }

        foreach (var bucket in cases)
        {
            CheckCases(Notes(bucket), whole, findings);
        }
    }

    public void Dispose()
    {
        foreach (var bucket in ids.Concat(cases))
        {
            bucket.Dispose();
        }
    }

    /// <summary>By a hash that nobody can foresee, so that no log can be made to fall into one bucket.</summary>
    private static int Bucket(Guid id) => HashCode.Combine(id) & (Buckets - 1);

    private static byte[] Notes(Spool bucket)
    {
        var notes = new byte[bucket.Length];
        bucket.Position = 0;
        bucket.ReadExactly(notes);
        return notes;
    }

    private static void CheckIds(ReadOnlySpan<byte> notes, FindingList findings)
    {
        var sorted = new (Guid Id, long Leaf)[notes.Length / IdNote];
        for (var i = 0; i < sorted.Length; i++)
        {
            var note = notes[(i * IdNote)..];
            sorted[i] = (new Guid(note[..16]), BinaryPrimitives.ReadInt64LittleEndian(note[16..]));
        }

        Array.Sort(sorted);
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Id == sorted[i - 1].Id)
            {
                findings.Add(new(
                    FindingCode.DuplicateEvent, BundleLayout.Headers, sorted[i].Id, Detail: $"leaf {sorted[i - 1].Leaf} and leaf {sorted[i].Leaf}"));
            }
        }
    }

    private static void CheckCases(ReadOnlySpan<byte> notes, bool whole, FindingList findings)
    {
        var seen = new Dictionary<Guid, CaseState>();
        for (; !notes.IsEmpty; notes = notes[CaseNote..])
        {
            var id = new Guid(notes.Slice(16, 16));
            var seq = BinaryPrimitives.ReadInt64LittleEndian(notes[32..]);
            var @case = new Guid(notes[..16]);
            if (!seen.TryGetValue(@case, out var state))
            {
                seen[@case] = state = new CaseState { Next = whole ? 1 : seq };
            }

            if (seq != state.Next)
            {
                var leaf = BinaryPrimitives.ReadInt64LittleEndian(notes[40..]);
                findings.Add(new(
                    FindingCode.CaseSeqGap, BundleLayout.Headers, id, seq, $"expected number {state.Next} of case {@case:D} at leaf {leaf}"));
            }

            state.Next = seq + 1;
            state.Erasure |= (notes[48] & IsErasure) != 0;
            if ((notes[48] & SaysErased) != 0)
            {
                state.SaidErased ??= (id, seq);
            }
        }

        foreach (var (id, seq) in seen.Values.Where(c => whole && !c.Erasure).Select(c => c.SaidErased).OfType<(Guid, long)>())
        {
            findings.Add(new(FindingCode.ErasureNotInTrail, BundleLayout.Omitted, id, seq));
        }
    }

    private sealed class CaseState
    {
        public long Next { get; set; }
        public bool Erasure { get; set; }
        public (Guid Id, long Seq)? SaidErased { get; set; }
    }
}
