using System.CommandLine;
using System.Text.Json;
using SignalReview.Trail;
using SignalReview.Trail.Bundles;
using SignalReview.Trail.Formats;

namespace SignalReview.Cli;

/// <summary>
/// <c>signalreview convert BUNDLE --to fhir|ocsf|mdto --vkey FILE</c>: verifies as <c>verify</c> does, with the same exit codes, and writes the headers
/// in another form; nothing at all unless the bundle is valid.
/// </summary>
internal static class ConvertCommand
{
    private const string Mdto = "mdto";
    private const int MaxSmall = 1 << 20;

    /// <param name="standardOutput">Where lines go without <c>--out</c>.</param>
    public static Command Create(Func<Stream>? standardOutput = null)
    {
        var bundle = new Argument<FileInfo>("BUNDLE") { Description = "Het pakket (zip) / the bundle (zip)" };
        var to = new Option<string>("--to") { Description = "fhir | ocsf | mdto", Required = true };
        to.AcceptOnlyFromAmong("fhir", "ocsf", Mdto);
        var vkey = new Option<FileInfo>("--vkey")
        {
            Description = "Bestand met de publieke sleutel van de organisatie / file with the organisation's public key",
            Required = true,
        };
        var target = new Option<FileInfo?>("--out") { Description = "Nieuw bestand; zonder: standaarduitvoer (niet bij mdto) / new file; without: standard output (not for mdto)" };
        var said = new Option<FileInfo?>("--mdto")
        {
            Description = "Wat alleen de organisatie kan zeggen (JSON; docs/guides/formats.md) / what only the organisation can say",
        };
        var language = new Option<string>("--lang") { Description = "nl | en", DefaultValueFactory = _ => "nl" };
        language.AcceptOnlyFromAmong("nl", "en");
        var command = new Command("convert", "Zet een gecontroleerd pakket om naar FHIR, OCSF of MDTO / converts a verified bundle to FHIR, OCSF or MDTO")
        {
            bundle,
            to,
            vkey,
            target,
            said,
            language,
        };
        command.SetAction((parsed, ct) =>
        {
            var english = parsed.GetRequiredValue(language) == "en";
            var job = new Job(
                parsed.GetRequiredValue(bundle),
                parsed.GetRequiredValue(vkey),
                parsed.GetRequiredValue(to),
                parsed.GetValue(target),
                parsed.GetValue(said),
                english ? ConvertTexts.English : ConvertTexts.Dutch,
                new VerifyOutput(parsed.InvocationConfiguration.Error, english ? VerifyTexts.English : VerifyTexts.Dutch, json: false),
                parsed.InvocationConfiguration.Error);
            return RunAsync(job, standardOutput ?? Console.OpenStandardOutput, ct);
        });
        return command;
    }

    private static async Task<int> RunAsync(Job job, Func<Stream> standardOutput, CancellationToken ct)
    {
        if (job.Target is null && job.To == Mdto)
        {
            return job.Refuse(job.Texts.NeedsOut);
        }

        if (job.Target is { Exists: true } existing)
        {
            return job.Refuse(job.Texts.Exists(existing.FullName));
        }

        var reading = job.Vkey;
        try
        {
            var key = VerifierKey.Parse(System.Text.Encoding.UTF8.GetString(await ReadSmallAsync(job.Vkey, ct)));
            MdtoStatement? said = null;
            if (job.To == Mdto)
            {
                if (job.Said is null)
                {
                    return job.Refuse(job.Texts.NeedsStatement);
                }

                reading = job.Said;
                said = MdtoStatement.Read(await ReadSmallAsync(job.Said, ct));
                if (said.Problems() is { Count: > 0 } problems)
                {
                    return job.Refuse([job.Texts.Statement(job.Said.Name), .. problems.Select(p => $"- {p.Path}: {job.Texts.Fault(p.Fault)}")]);
                }
            }

            reading = job.Bundle;
            await using var bundle = job.Bundle.Open(new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Options = FileOptions.RandomAccess });
            var verified = await BundleVerifier.VerifyAsync(bundle, key, since: null, ct);
            if (verified.Verdict != Verdict.Valid)
            {
                job.Verified.Write(verified);
                return (int)verified.Verdict;
            }

            if (said is not null && verified.Scope != BundleScope.Case)
            {
                return job.Refuse(job.Texts.OneCase);
            }

            await WriteAsync(job, bundle, verified, said, standardOutput, ct);
            return ExitCodes.Ok;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or JsonException)
        {
            job.Verified.WriteUnreadable(reading.Name, e.Message);
            return (int)Verdict.Incomplete;
        }
    }

    /// <summary>Into a file beside the target, which gets its name when it is whole: half a conversion must not look like one.</summary>
    private static async Task WriteAsync(
        Job job, Stream bundle, VerificationResult verified, MdtoStatement? said, Func<Stream> standardOutput, CancellationToken ct)
    {
        if (job.Target is null)
        {
            await using var output = standardOutput();
            await ConvertAsync(output);
            return;
        }

        var unfinished = job.Target.FullName + ".part";
        try
        {
            await using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write))
            {
                await ConvertAsync(file);
            }

            File.Move(unfinished, job.Target.FullName, overwrite: false);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }

        await job.Error.WriteLineAsync(job.Texts.Done(verified.Events, job.Target.FullName));

        Task ConvertAsync(Stream output) => said is null
            ? BundleConversion.WriteLinesAsync(bundle, verified, job.To == "fhir" ? EventFormat.Fhir : EventFormat.Ocsf, output, ct)
            : BundleConversion.WriteMdtoAsync(bundle, verified, said, output, ct);
    }

    private static async Task<byte[]> ReadSmallAsync(FileInfo file, CancellationToken ct) => file is { Exists: true, Length: > MaxSmall }
        ? throw new FormatException($"{file.Length} bytes are too many for such a file.")
        : await File.ReadAllBytesAsync(file.FullName, ct);

    private sealed record Job(
        FileInfo Bundle, FileInfo Vkey, string To, FileInfo? Target, FileInfo? Said, ConvertTexts Texts, VerifyOutput Verified, TextWriter Error)
    {
        /// <summary>What was asked cannot be done as it was asked: nothing is said of the bundle.</summary>
        public int Refuse(params IEnumerable<string> lines)
        {
            foreach (var line in lines)
            {
                Error.WriteLine(line);
            }

            return ExitCodes.Usage;
        }
    }
}
