using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SignalReview.Trail.Bundles;

namespace SignalReview.Cli;

/// <summary>Shows the outcome to a person, or as JSON to a program.</summary>
internal sealed class VerifyOutput(TextWriter output, VerifyTexts texts, bool json)
{
    private const int FindingsShown = 50;
    private const int OmittedShown = 20;
    private const int ProofsShown = 100;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public void Write(VerificationResult result)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(ToJson(result), Json));
            return;
        }

        output.WriteLine(texts.Headline(result.Verdict));
        output.WriteLine();
        if (result.Findings.Count > 0)
        {
            WriteFindings(result);
        }

        WriteFacts(result);
        if (result.Verdict == Verdict.Valid)
        {
            output.WriteLine();
            output.WriteLine(texts.Proved(result.Scope!.Value));
            output.WriteLine(texts.NotProved);
        }
    }

    public void WriteUnreadable(string file, string why)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(
                new { Verdict = Verdict.Incomplete, ExitCode = (int)Verdict.Incomplete, Message = texts.Unreadable(file, why) }, Json));
            return;
        }

        output.WriteLine(texts.Headline(Verdict.Incomplete));
        output.WriteLine(Printable(texts.Unreadable(file, why)));
    }

    private void WriteFindings(VerificationResult result)
    {
        foreach (var finding in result.Findings.OrderByDescending(f => f.Verdict == Verdict.Tampered).Take(FindingsShown))
        {
            var where = texts.Where(finding);
            output.WriteLine($"- {(where.Length > 0 ? where + ": " : "")}{texts.Finding(finding.Code)}");
            var places = new[] { finding.File, finding.Event?.ToString("D"), finding.Detail }.Where(p => !string.IsNullOrEmpty(p));
            var place = string.Join(" · ", places);
            if (place.Length > 0)
            {
                output.WriteLine($"  {Printable(place)}");
            }
        }

        if (result.FindingCount > FindingsShown)
        {
            output.WriteLine(texts.More(result.FindingCount - FindingsShown));
        }

        output.WriteLine();
    }

    private void WriteFacts(VerificationResult result)
    {
        Line(texts.Log, result.Log);
        if (result.Scope is { } scope)
        {
            Line(texts.Scope, texts.ScopeOf(scope, result.Period));
            Line(texts.Profile, texts.ProfileOf(result.Profile!));
        }

        Line(texts.Case, result.Case?.ToString("D"));
        if (result.Range is { } range)
        {
            Line(texts.Range, texts.Leaves(range.From, range.To));
        }

        if (result is { First: { } first, Last: { } last })
        {
            Line(texts.Events, result.Scope == BundleScope.Case
                ? texts.EventRange(result.Events, Time(first), Time(last))
                : texts.EventsOfMany(result.Events, Time(first), Time(last)));
        }

        if (result.Checkpoint is { } checkpoint)
        {
            Line(texts.Checkpoint, texts.Tree(checkpoint.Size, Convert.ToBase64String(checkpoint.Root)));
        }

        if (result is { SignedBy: { } key, Handovers: not 0 })
        {
            Line(texts.Key, texts.SignedBy(key.IdText, result.Handovers));
        }

        foreach (var stamp in result.Stamped)
        {
            Line(texts.Stamped, texts.StampedAt(stamp.Authority, stamp.Size, Time(stamp.At), stamp.Trusted));
        }

        if (result.Since is { } since)
        {
            Line(texts.Since, texts.SinceSize(since));
        }

        if (result.Events > 0)
        {
            WriteOmitted(result);
        }

        foreach (var reveal in result.Reveals)
        {
            Line(texts.Blind, texts.Reveal(reveal));
        }

        WriteProofs(result);
        if (result.Scope == BundleScope.Everything)
        {
            Line(texts.Blind, texts.BlindProved(result.BlindProved ?? 0));
        }

        if (result.StillBlind > 0)
        {
            Line(texts.Blind, texts.StillBlind(result.StillBlind));
        }

        foreach (var file in result.NotJudged)
        {
            Line(texts.NotJudged, texts.NotJudgedWhy(file));
        }
    }

    private void WriteProofs(VerificationResult result)
    {
        // What is not in order first: it must not drown among what is.
        foreach (var proof in result.BlindProofs.OrderBy(p => p.Verdict is BlindVerdict.Blind or BlindVerdict.NotRevealed).Take(ProofsShown))
        {
            Line("", texts.Proof(proof));
        }

        if (result.BlindProofs.Count > ProofsShown)
        {
            Line("", $"… (+{result.BlindProofs.Count - ProofsShown}; --json)");
        }

        if (result.BlindProofs.Any(p => p.Kind == BlindKind.Urn))
        {
            Line("", texts.Urn);
        }
    }

    private void WriteOmitted(VerificationResult result)
    {
        var count = result.OmittedCounts.Values.Sum();
        Line(texts.Omitted, count == 0 ? texts.None : count.ToString(CultureInfo.InvariantCulture));
        foreach (var (reason, number) in result.OmittedCounts.Where(_ => result.Omitted.Count == 0))
        {
            Line("", $"{number}: {texts.OmittedBecause(reason)}");
        }

        foreach (var item in result.Omitted.Take(OmittedShown))
        {
            Line("", $"nr. {item.CaseSeq} {item.Type}: {texts.OmittedBecause(item.Reason)}");
        }

        if (result.Omitted.Count > OmittedShown)
        {
            Line("", $"… (+{result.Omitted.Count - OmittedShown}; --json)");
        }
    }

    private object ToJson(VerificationResult result) => new
    {
        result.Verdict,
        ExitCode = (int)result.Verdict,
        result.Log,
        result.Scope,
        result.Profile,
        result.Case,
        Period = result.Period is { } p ? new { From = p.From.UtcDateTime, Before = p.Before.UtcDateTime } : null,
        Range = result.Range is { } r ? new { r.From, r.To } : null,
        result.Events,
        First = result.First?.UtcDateTime,
        Last = result.Last?.UtcDateTime,
        Checkpoint = result.Checkpoint is { } c ? new { c.Size, Root = Convert.ToBase64String(c.Root) } : null,
        result.Since,
        SignedBy = result.SignedBy?.ToString(),
        result.Handovers,
        result.Stamped,
        OmittedCounts = result.OmittedCounts.ToDictionary(c => OmissionLine.NameOf(c.Key), c => c.Value),
        result.Omitted,
        result.Reveals,
        result.BlindProofs,
        result.BlindProved,
        result.StillBlind,
        result.NotJudged,
        result.FindingCount,
        Findings = result.Findings.Select(f => new
        {
            f.Code,
            f.Verdict,
            f.File,
            f.Event,
            f.CaseSeq,
            f.Detail,
            Message = texts.Finding(f.Code),
        }),
    };

    private void Line(string name, string? value)
    {
        if (value is not null)
        {
            output.WriteLine($"{name,-18} {Printable(value)}");
        }
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A bundle must not be able to steer the reader's terminal.</summary>
    private static string Printable(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()));
}
