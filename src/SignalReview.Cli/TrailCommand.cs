using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.Storage;
using SignalReview.Trail.Checking;

namespace SignalReview.Cli;

/// <summary>
/// <c>signalreview trail check</c>: holds a database against its trail, beside a host that may be running. Exit code 0 = sound, 1 = tampered with,
/// 2 = could not be read. It writes nothing.
/// </summary>
internal static class TrailCommand
{
    private const int Unreadable = 2;

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Uitkomst als JSON / outcome as JSON" };
        var check = new Command("check", "Legt de database naast haar beslisspoor, en wijzigt niets / holds the database against its trail, and changes nothing") { json };
        return new Command("trail", "Het beslisspoor / the decision trail")
        {
            new DataCommand().On(check, (session, parsed, ct) => CheckAsync(session, parsed.GetValue(json), ct), Unreadable),
        };
    }

    private static async Task<int> CheckAsync(DataSession session, bool json, CancellationToken ct)
    {
        var output = new TrailOutput(session.Output, session.Dutch ? TrailTexts.Dutch : TrailTexts.English, json);
        if (Missing(session) is { } missing)
        {
            output.WriteUnreadable(session.Say($"{missing} is er niet.", $"{missing} is not there."));
            return Unreadable;
        }

        await using var services = session.Open();
        try
        {
            var report = await services.GetRequiredService<TrailChecks>().RunAsync(ct);
            output.Write(report);
            return report.IsSound ? ExitCodes.Ok : ExitCodes.Failed;
        }
        catch (Exception e) when (e is TrailUnreadableException or System.Data.Common.DbException)
        {
            output.WriteUnreadable(e.Message);
            return Unreadable;
        }
    }

    /// <summary>What opening the product would make: a check makes nothing.</summary>
    private static string? Missing(DataSession session)
    {
        var keys = Path.Combine(session.Folder.FullPath, "keys");
        return session.Configuration["Database:Provider"] is not nameof(SqlDialect.SqlServer) && !File.Exists(session.Folder.DatabaseFile) ? session.Folder.DatabaseFile
            : !Directory.Exists(keys) || !Directory.EnumerateFileSystemEntries(keys).Any() ? keys
            : null;
    }
}
