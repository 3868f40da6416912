using System.Buffers;
using System.Globalization;
using System.Text;

namespace SignalReview.Trail.Bundles;

/// <summary>
/// Holds events.csv against the events, row by row. The row that must be there is written anew and compared as bytes; only when it differs is the
/// row taken apart, to say where. After a row that belongs to another event it stops: one finding is enough.
/// </summary>
internal sealed class EventsTableCheck : IDisposable
{
    /// <summary>A row holds its body once more, with its quotes doubled.</summary>
    private const int LongestRow = (2 * BundleArchive.MaxSmallFile) + (1 << 20);

    private const int Leeway = 512;

    private readonly FindingList findings;
    private readonly bool names;
    private readonly ArrayBufferWriter<byte> before = new(512);
    private readonly ArrayBufferWriter<byte> after = new(4096);
    private HashedReader? table;
    private bool ended;
    private long rows;

    /// <param name="archive">The bundle.</param>
    /// <param name="findings">Where what is wrong goes.</param>
    /// <param name="names">Whether the bundle's profile lets people be named.</param>
    public EventsTableCheck(BundleArchive archive, FindingList findings, bool names)
    {
        this.findings = findings;
        this.names = names;
        if (!archive.Contains(BundleLayout.Events))
        {
            ended = true;
            return; // reported with the required files
        }

        table = archive.OpenLarge(BundleLayout.Events, LongestRow);
        var mark = Encoding.UTF8.GetBytes(EventsCsv.ByteOrderMark);
        if (Peek(mark.Length).StartsWith(mark))
        {
            table.Skip(mark.Length);
        }
        else if (!ended)
        {
            Fail("no byte order mark");
        }

        if (Next() is { } head && !head.SequenceEqual(EventsCsv.Columns, StringComparer.Ordinal))
        {
            Fail("other columns");
        }
    }

    public void Skip() => _ = Next();

    /// <summary>Every cell follows from header, proof and body, except the display name.</summary>
    /// <param name="header">The event's.</param>
    /// <param name="index">Its place in the tree; null when that is not known.</param>
    /// <param name="omission">Why it has no body.</param>
    /// <param name="content">Its body in canonical form.</param>
    /// <param name="contentKnown">False when there should be a body, and none can be read.</param>
    public void Check(scoped in HeaderView header, long? index, BodyOmission? omission, ReadOnlySpan<byte> content, bool contentKnown)
    {
        if (ended)
        {
            return;
        }

        Expect(header, index ?? 0, omission, content);
        if (!IsExpected() && !ended && Next() is { } row)
        {
            Compare(row, header, index is not null, contentKnown);
        }
    }

    /// <summary>After the last event nothing may follow.</summary>
    public void Close()
    {
        if (!Peek(1).IsEmpty)
        {
            Fail("rows without an event follow");
        }
    }

    /// <summary>The file's hash, reading what is left of it; null when it is damaged or not there.</summary>
    public byte[]? Hash()
    {
        try
        {
            table?.Drain();
            return table?.Hash;
        }
        catch (InvalidDataException)
        {
            return null; // reported where it was met, or by whoever hashes it again
        }
    }

    public void Dispose()
    {
        table?.Dispose();
        table = null;
    }

    private void Expect(scoped in HeaderView header, long index, BodyOmission? omission, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[20];
        index.TryFormat(number, out var digits, provider: CultureInfo.InvariantCulture);
        before.ResetWrittenCount();
        EventsCsv.WriteCell(before, header.CaseSeqText, ',');
        EventsCsv.WriteCell(before, number[..digits], ',');
        EventsCsv.WriteCell(before, header.At, ',');
        EventsCsv.WriteCell(before, header.Type, ',');
        EventsCsv.WriteCell(before, header.Actor, ',');
        after.ResetWrittenCount();
        EventsCsv.WriteCell(after, header.Role, ',');
        EventsCsv.WriteCell(after, header.OnBehalfOf, ',');
        EventsCsv.WriteCell(after, header.Cause, ',');
        EventsCsv.WriteCell(after, header.Policy, ',');
        EventsCsv.WriteCell(after, header.IdText, ',');
        EventsCsv.WriteCell(after, omission is { } why ? Encoding.UTF8.GetBytes(OmissionLine.NameOf(why)) : "included"u8, ',');
        EventsCsv.WriteCell(after, content, '\r');
        after.Write("\n"u8);
    }

    private bool IsExpected()
    {
        var head = before.WrittenSpan;
        var tail = after.WrittenSpan;
        var window = Peek(head.Length + tail.Length + Leeway);
        if (!window.StartsWith(head) || EventsCsv.EndOfCell(window[head.Length..]) is not { } length || (length > 0 && !names))
        {
            return false;
        }

        var rest = window[(head.Length + length)..];
        if (rest.IsEmpty || rest[0] != ',' || !rest[1..].StartsWith(tail))
        {
            return false;
        }

        table!.Skip(head.Length + length + 1 + tail.Length);
        rows++;
        return true;
    }

    private void Compare(string[] row, scoped in HeaderView header, bool indexKnown, bool contentKnown)
    {
        using var reader = new StringReader(Encoding.UTF8.GetString([.. before.WrittenSpan, (byte)',', .. after.WrittenSpan]));
        var expected = EventsCsv.Read(reader)!;
        var (id, seq) = (header.Id, header.HasCase ? header.CaseSeq : (long?)null);
        if (row.Length != expected.Length)
        {
            findings.Add(new(FindingCode.TableMismatch, BundleLayout.Events, id, seq, $"{row.Length} cells"));
            return;
        }

        for (var i = 0; i < expected.Length; i++)
        {
            var column = EventsCsv.Columns[i];
            var comparable = (i != EventsCsv.NameColumn || !names)
                && (indexKnown || column != "leafIndex")
                && (contentKnown || column is not ("body" or "content"));
            if (comparable && row[i] != expected[i])
            {
                findings.Add(new(FindingCode.TableMismatch, BundleLayout.Events, id, seq, column));
                ended |= column is "caseSeq" or "leafIndex" or "id";
                return;
            }
        }
    }

    /// <summary>The next row taken apart; null at the end, and when it is none.</summary>
    private string[]? Next()
    {
        var quoted = false;
        for (var (at, wanted) = (0, 4096); !ended; wanted *= 2)
        {
            var window = Peek(wanted);
            for (; at < window.Length; at++)
            {
                quoted ^= window[at] == '"';
                if (window[at] == '\n' && !quoted)
                {
                    return Row(window[..(at + 1)]);
                }
            }

            if (window.Length < wanted)
            {
                Fail("it ends too early");
            }
        }

        return null;
    }

    private string[]? Row(ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var reader = new StringReader(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes));
            var row = EventsCsv.Read(reader);
            if (reader.Peek() >= 0)
            {
                throw new FormatException("A row ends in CR LF, and a cell in a comma.");
            }

            table!.Skip(bytes.Length);
            rows++;
            return row;
        }
        catch (Exception e) when (e is FormatException or DecoderFallbackException)
        {
            Fail(e.Message);
            return null;
        }
    }

    private ReadOnlySpan<byte> Peek(int atLeast)
    {
        if (ended || table is null)
        {
            return default;
        }

        try
        {
            return table.Peek(atLeast);
        }
        catch (InvalidDataException e)
        {
            Fail(e.Message);
            return default;
        }
    }

    private void Fail(string detail)
    {
        if (!ended)
        {
            ended = true;
            findings.Add(new(FindingCode.BadTable, BundleLayout.Events, Detail: $"after row {rows}: {detail}"));
        }
    }
}
