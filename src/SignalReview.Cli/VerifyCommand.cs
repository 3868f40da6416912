using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SignalReview.Trail;
using SignalReview.Trail.Bundles;

namespace SignalReview.Cli;

/// <summary>
/// <c>signalreview verify BUNDLE --vkey FILE</c>: judges a bundle offline. Exit code 0 = valid, 1 = tampered with, 2 = incomplete or
/// unreadable.
/// </summary>
internal static class VerifyCommand
{
    private const int MaxNote = 1 << 20;

    public static Command Create()
    {
        var bundle = new Argument<FileInfo>("BUNDLE") { Description = "Het pakket (zip) / the bundle (zip)" };
        var vkey = new Option<FileInfo>("--vkey")
        {
            Description = "Bestand met de publieke sleutel van de organisatie / file with the organisation's public key",
            Required = true,
        };
        var since = new Option<FileInfo?>("--since") { Description = "Een checkpoint dat je eerder bewaarde / a checkpoint that you kept" };
        var authorities = new Option<FileInfo?>("--tsa")
        {
            Description = "Certificaten (PEM) van tijdstempel-diensten die je vertrouwt / certificates (PEM) of time-stamping authorities that you trust",
        };
        var json = new Option<bool>("--json") { Description = "Uitkomst als JSON / outcome as JSON" };
        var language = new Option<string>("--lang") { Description = "nl | en", DefaultValueFactory = _ => "nl" };
        language.AcceptOnlyFromAmong("nl", "en");
        var command = new Command("verify", "Controleert een pakket van het beslisspoor, zonder netwerk / verifies a bundle of the decision trail, offline")
        {
            bundle,
            vkey,
            since,
            authorities,
            json,
            language,
        };
        command.SetAction((parsed, ct) => RunAsync(
            parsed.GetRequiredValue(bundle),
            parsed.GetRequiredValue(vkey),
            parsed.GetValue(since),
            parsed.GetValue(authorities),
            new VerifyOutput(
                parsed.InvocationConfiguration.Output,
                parsed.GetRequiredValue(language) == "en" ? VerifyTexts.English : VerifyTexts.Dutch,
                parsed.GetValue(json)),
            ct));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo bundle, FileInfo vkey, FileInfo? since, FileInfo? authorities, VerifyOutput output, CancellationToken ct)
    {
        var reading = vkey;
        try
        {
            var key = VerifierKey.Parse(System.Text.Encoding.UTF8.GetString(await ReadSmallAsync(vkey, ct)));
            reading = since ?? vkey;
            var old = since is null ? null : await ReadSmallAsync(since, ct);
            reading = authorities ?? vkey;
            var roots = authorities is null ? null : Roots(System.Text.Encoding.UTF8.GetString(await ReadSmallAsync(authorities, ct)));
            reading = bundle;
            await using var stream = bundle.Open(new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Options = FileOptions.RandomAccess });
            var result = await BundleVerifier.VerifyAsync(stream, key, old, roots, ct);
            output.Write(result);
            return (int)result.Verdict;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            output.WriteUnreadable(reading.Name, e.Message);
            return (int)Verdict.Incomplete;
        }
    }

    private static X509Certificate2Collection Roots(string pem)
    {
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw new FormatException(e.Message, e);
        }

        return roots.Count > 0 ? roots : throw new FormatException("It holds no certificate in PEM form.");
    }

    private static async Task<byte[]> ReadSmallAsync(FileInfo file, CancellationToken ct)
    {
        if (file.Exists && file.Length > MaxNote)
        {
            throw new FormatException($"{file.Length} bytes are too many for a key or a checkpoint.");
        }

        return await File.ReadAllBytesAsync(file.FullName, ct);
    }
}
