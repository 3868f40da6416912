using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SignalReview.Trail.Checking;

namespace SignalReview.Cli;

/// <summary>Shows what the check of a database came to, to a person or as JSON to a program.</summary>
internal sealed class TrailOutput(TextWriter output, TrailTexts texts, bool json)
{
    private const int Shown = 50;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public void Write(TrailReport report)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(ToJson(report), Json));
            return;
        }

        output.WriteLine(texts.Headline(report.IsSound));
        output.WriteLine();
        foreach (var finding in report.Findings.Take(Shown))
        {
            output.WriteLine($"- {texts.Finding(finding.Fault)}");
            output.WriteLine($"  {Printable(Place(finding))}");
        }

        if (report.FindingCount > Shown)
        {
            output.WriteLine(texts.More(report.FindingCount - Shown));
        }

        Line(texts.Events, report.Events);
        Line(texts.Dossiers, report.Dossiers);
        Line(texts.Erased, report.Erased);
        Line(texts.Rows, report.Rows);
        Line(texts.Checkpoints, report.Checkpoints);
        if (report.IsSound)
        {
            output.WriteLine();
            output.WriteLine(texts.Proved);
            output.WriteLine(texts.NotProved);
        }
    }

    public void WriteUnreadable(string why)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(new { Verdict = "unreadable", ExitCode = 2, Message = why }, Json));
            return;
        }

        output.WriteLine(texts.Unreadable);
        output.WriteLine(Printable(why));
    }

    private object ToJson(TrailReport report) => new
    {
        Verdict = report.IsSound ? "sound" : "tampered",
        ExitCode = report.IsSound ? ExitCodes.Ok : ExitCodes.Failed,
        report.Events,
        report.Dossiers,
        report.Erased,
        report.Rows,
        report.Checkpoints,
        report.FindingCount,
        Findings = report.Findings.Select(f => new
        {
            f.Fault,
            f.Table,
            f.Row,
            f.Column,
            f.Event,
            f.Case,
            f.Detail,
            Message = texts.Finding(f.Fault),
        }),
        NotHeld = NotHeldColumns.List.Select(c => new { c.Table, c.Column, c.Why }),
    };

    private static string Place(TrailFinding finding)
    {
        var column = finding.Column is { } name ? $"{finding.Table}.{name}" : finding.Table;
        string?[] parts =
        [
            column,
            finding.Row,
            finding.Case is { } @case && !finding.Row.Contains($"{@case:D}", StringComparison.Ordinal) ? $"case {@case:D}" : null,
            finding.Event is { } @event && !finding.Row.Contains($"{@event:D}", StringComparison.Ordinal) ? $"event {@event:D}" : null,
            finding.Detail,
        ];
        return string.Join(" · ", parts.Where(p => !string.IsNullOrEmpty(p)));
    }

    private void Line(string name, long value) => output.WriteLine($"{name,-28} {value.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>A database must not be able to steer the reader's terminal.</summary>
    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()));
}
