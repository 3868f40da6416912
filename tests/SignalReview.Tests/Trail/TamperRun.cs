using Microsoft.Data.Sqlite;
using SignalReview.Storage;
using SignalReview.Trail.Checking;

namespace SignalReview.Tests.Trail;

/// <summary>
/// Changes to a database by somebody who has it in their hands and takes its triggers away. Each is made in a transaction that is then rolled back, so
/// that hundreds pass in a minute.
/// </summary>
internal sealed class TamperRun(IDatabase database, Func<DbSession, Task<TrailReport>> check)
{
    private static readonly string[] Triggers = ["trail_events_no_update", "trail_events_no_delete", "trail_subtrees_no_update", "trail_subtrees_no_delete"];

    private readonly HashSet<(string, string)> changed = [];
    private readonly List<string> missed = [];

    /// <summary>The columns that a change had effect in.</summary>
    public IReadOnlyCollection<(string Table, string Column)> Changed => changed;

    /// <summary>Changes that nothing named.</summary>
    public IReadOnlyList<string> Missed => missed;

    /// <summary>How many changes had effect.</summary>
    public int Effective { get; private set; }

    /// <param name="tampering">Draws.</param>
    /// <param name="draws">For all columns in turn; after that, more for those of which none took effect.</param>
    public async Task DrawAsync(Tampering tampering, int draws)
    {
        for (var seed = 0; seed < draws * 10; seed++)
        {
            if (seed >= draws && changed.Contains(tampering.Cells[seed % tampering.Cells.Count]))
            {
                continue;
            }

            if (tampering.Draw(seed) is not { } tampered || await FindingsAsync(tampered.Script) is not { } findings)
            {
                continue; // nothing changes, or the schema itself refuses it
            }

            Effective++;
            if (tampered.Column is { } column)
            {
                changed.Add((tampered.Table, column));
            }

            if (!findings.Any(f => Names(f, tampered)))
            {
                missed.Add($"{seed} {tampered.Kind}: {Short(tampered.Script)}: {string.Join(" | ", findings.Take(2))}");
            }
        }

        TestContext.Out.WriteLine($"{Effective} effective changes, of {changed.Count} of {tampering.Cells.Count} columns");
    }

    /// <returns>Null when the schema refuses it.</returns>
    public async Task<IReadOnlyList<TrailFinding>?> FindingsAsync(string script)
    {
        await using var db = await database.BeginAsync(CancellationToken.None);
        await db.ExecuteScriptAsync("PRAGMA defer_foreign_keys = ON", CancellationToken.None);
        foreach (var trigger in Triggers)
        {
            await db.ExecuteScriptAsync($"DROP TRIGGER {trigger}", CancellationToken.None);
        }

        try
        {
            await db.ExecuteScriptAsync(script, CancellationToken.None);
        }
        catch (SqliteException)
        {
            return null;
        }

        return (await check(db)).Findings;
    }

    private static bool Names(TrailFinding finding, Tampered tampered) =>
        finding.Table == tampered.Table
        && (tampered.Column is null || HeldColumns.Trail.ContainsKey(tampered.Table) || finding.Fault is not TrailFault.State || finding.Column == tampered.Column);

    private static string Short(string script) => script.Length > 200 ? script[..200] : script;
}
