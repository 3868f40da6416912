using System.Text;
using System.Text.Json;

namespace SignalReview.Trail.Bundles;

/// <summary>Holds events.csv against the events, row by row. After a row that belongs to another event it stops: one finding is enough.</summary>
internal sealed class EventsTableCheck : IDisposable
{
    private readonly FindingList findings;
    private StreamReader? table;
    private long rows;

    public EventsTableCheck(BundleArchive archive, FindingList findings)
    {
        this.findings = findings;
        if (!archive.Contains(BundleLayout.Events))
        {
            return; // reported with the required files
        }

        try
        {
            table = new StreamReader(archive.OpenRead(BundleLayout.Events), new UTF8Encoding(true, throwOnInvalidBytes: true));
        }
        catch (Exception e) when (BundleArchive.IsDamage(e))
        {
            Fail(e.Message);
            return;
        }

        if (Next() is { } head && !head.SequenceEqual(EventsCsv.Columns, StringComparer.Ordinal))
        {
            Fail("other columns");
        }
    }

    public void Skip() => _ = Next();

    /// <summary>Every cell follows from header, proof and body, except the display name.</summary>
    public void Check(EventHeader header, long? index, BodyOmission? omission, JsonDocument? body)
    {
        if (Next() is not { } row)
        {
            return;
        }

        var content = body is null ? null : Encoding.UTF8.GetString(Jcs.Canonicalize(body.RootElement));
        var expected = EventsCsv.Cells(header, index ?? 0, null, omission, content).Select(EventsCsv.Neutralise).ToArray();
        if (row.Length != expected.Length)
        {
            findings.Add(new(FindingCode.TableMismatch, BundleLayout.Events, header.Id, header.CaseSeq, $"{row.Length} cells"));
            return;
        }

        for (var i = 0; i < expected.Length; i++)
        {
            var column = EventsCsv.Columns[i];
            var comparable = i != EventsCsv.NameColumn
                && (index is not null || column != "leafIndex")
                && (body is not null || omission is not null || column is not ("body" or "content"));
            if (comparable && row[i] != expected[i])
            {
                findings.Add(new(FindingCode.TableMismatch, BundleLayout.Events, header.Id, header.CaseSeq, column));
                if (column == "caseSeq")
                {
                    Stop();
                }

                return;
            }
        }
    }

    /// <summary>After the last event nothing may follow.</summary>
    public void Close()
    {
        if (table is null)
        {
            return;
        }

        try
        {
            if (table.Peek() >= 0)
            {
                Fail("rows without an event follow");
            }
        }
        catch (Exception e) when (BundleArchive.IsDamage(e))
        {
            Fail(e.Message);
        }
    }

    public void Dispose() => Stop();

    private string[]? Next()
    {
        if (table is null)
        {
            return null;
        }

        try
        {
            if (EventsCsv.Read(table) is { } row)
            {
                rows++;
                return row;
            }

            Fail("it ends too early");
        }
        catch (Exception e) when (e is FormatException || BundleArchive.IsDamage(e))
        {
            Fail(e.Message);
        }

        return null;
    }

    private void Fail(string detail)
    {
        findings.Add(new(FindingCode.BadTable, BundleLayout.Events, Detail: $"after row {rows}: {detail}"));
        Stop();
    }

    private void Stop()
    {
        table?.Dispose();
        table = null;
    }
}
