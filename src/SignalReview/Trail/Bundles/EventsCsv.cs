using System.Buffers;
using System.Globalization;
using System.Text;

namespace SignalReview.Trail.Bundles;

/// <summary>
/// The events as a table (RFC 4180, UTF-8 with a byte order mark, which spreadsheets need). A cell that a spreadsheet would
/// take for a formula begins with an apostrophe instead.
/// </summary>
internal static class EventsCsv
{
    public static readonly IReadOnlyList<string> Columns =
    [
        "caseSeq", "leafIndex", "at", "type", "actor", "actorName", "role", "onBehalfOf", "cause", "policy", "id", "body", "content",
    ];

    /// <summary>The column of the display name: the only one that does not follow from headers and bodies.</summary>
    public const int NameColumn = 5;

    public const string ByteOrderMark = "\uFEFF";

    public static string[] Cells(EventHeader header, long leafIndex, string? actorName, BodyOmission? omission, string? bodyJcs) =>
    [
        header.CaseSeq?.ToString(CultureInfo.InvariantCulture) ?? "",
        leafIndex.ToString(CultureInfo.InvariantCulture),
        header.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        header.Type,
        header.Actor,
        actorName ?? "",
        header.Role,
        header.OnBehalfOf ?? "",
        header.Cause?.ToString("D") ?? "",
        header.Policy ?? "",
        header.Id.ToString("D"),
        omission is { } why ? OmissionLine.NameOf(why) : "included",
        bodyJcs ?? "",
    ];

    public static string Row(IEnumerable<string> cells) => string.Join(',', cells.Select(c => Quote(Neutralise(c)))) + "\r\n";

    public static string Neutralise(string cell) =>
        cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠' ? "'" + cell : cell;

    /// <summary>As <see cref="Row"/> writes one cell, with what comes after it.</summary>
    public static void WriteCell(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> cell, char end)
    {
        var quoted = cell.ContainsAny(",\"\r\n"u8);
        Put(output, quoted ? "\""u8 : default);
        Put(output, IsFormula(cell) ? "'"u8 : default);
        if (quoted)
        {
            for (int quote; (quote = cell.IndexOf((byte)'"')) >= 0; cell = cell[(quote + 1)..])
            {
                Put(output, cell[..(quote + 1)]);
                Put(output, "\""u8);
            }
        }

        Put(output, cell);
        Put(output, quoted ? "\""u8 : default);
        output.GetSpan(1)[0] = (byte)end;
        output.Advance(1);
    }

    /// <summary>How long the cell is with which the row goes on; null when it does not end here, or is none.</summary>
    public static int? EndOfCell(ReadOnlySpan<byte> row)
    {
        if (row.IsEmpty || row[0] != '"')
        {
            var end = row.IndexOfAny(",\"\r\n"u8);
            return end >= 0 && row[end] == ',' ? end : null;
        }

        for (var at = 1; ;)
        {
            var quote = row[at..].IndexOf((byte)'"');
            if (quote < 0 || at + quote + 1 >= row.Length)
            {
                return null;
            }

            at += quote + 1;
            if (row[at] != '"')
            {
                return at;
            }

            at++;
        }
    }

    /// <summary>Reads the next row; null at the end.</summary>
    /// <exception cref="FormatException">A quote where none may stand, or the end inside quotes.</exception>
    public static string[]? Read(TextReader reader)
    {
        if (reader.Peek() < 0)
        {
            return null;
        }

        var cells = new List<string>();
        while (true)
        {
            cells.Add(reader.Peek() == '"' ? Quoted(reader) : Plain(reader));
            switch (reader.Read())
            {
                case ',':
                    break;
                case '\r' when reader.Peek() == '\n':
                    _ = reader.Read();
                    return [.. cells];
                default:
                    throw new FormatException("A row ends in CR LF, and a cell in a comma.");
            }
        }
    }

    private static bool IsFormula(ReadOnlySpan<byte> cell) => !cell.IsEmpty
        && (cell[0] is (byte)'=' or (byte)'+' or (byte)'-' or (byte)'@' or (byte)'\t' or (byte)'\r' or (byte)'\n'
            || cell.StartsWith("＝"u8) || cell.StartsWith("＋"u8) || cell.StartsWith("－"u8) || cell.StartsWith("＠"u8));

    private static void Put(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(output.GetSpan(bytes.Length));
        output.Advance(bytes.Length);
    }

    private static string Quote(string cell) =>
        cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    private static string Plain(TextReader reader)
    {
        var cell = new StringBuilder();
        while (reader.Peek() is >= 0 and not ',' and not '\r')
        {
            var c = (char)reader.Read();
            if (c is '"' or '\n')
            {
                throw new FormatException("A cell with a quote or a line break is quoted.");
            }

            cell.Append(c);
        }

        return cell.ToString();
    }

    private static string Quoted(TextReader reader)
    {
        var cell = new StringBuilder();
        _ = reader.Read();
        while (true)
        {
            var c = reader.Read();
            if (c < 0)
            {
                throw new FormatException("The file ends inside a quoted cell.");
            }

            if (c != '"')
            {
                cell.Append((char)c);
            }
            else if (reader.Peek() == '"')
            {
                _ = reader.Read();
                cell.Append('"');
            }
            else
            {
                return cell.ToString();
            }
        }
    }
}
