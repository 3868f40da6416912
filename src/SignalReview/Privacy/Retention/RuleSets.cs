using System.Collections.Concurrent;
using System.Text;
using SignalReview.Cases;
using SignalReview.Storage;
using SignalReview.Workflow;

namespace SignalReview.Privacy.Retention;

/// <summary>
/// The rules that hold, and every version that ever did. A file only lets anything be erased once two people have let it in; until then the
/// version before it holds, and when there is none its dates are shown and nothing is told or erased.
/// </summary>
/// <param name="loaded">From the file.</param>
/// <param name="time">The clock.</param>
internal sealed class RuleSets(RetentionRules loaded, IDatabase database, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, RetentionRules> known = new(StringComparer.Ordinal);

    /// <summary>The rules of the file.</summary>
    public RetentionRules Loaded => loaded;

    /// <summary>Keeps the file's rules, so that a case can name them for ever.</summary>
    /// <exception cref="InvalidRulesException">The file was changed without raising its version.</exception>
    public Task KeepAsync(CancellationToken ct) => BusyRetry.RunAsync(
        database,
        time,
        async token =>
        {
            await using var db = await database.BeginAsync(token);
            var head = loaded.Head;
            var versions = (await AllAsync(db, token)).Where(s => s.RuleSet == head.Id).ToList();
            if (versions.Exists(s => s.Sha256 == head.Sha256))
            {
                return true;
            }

            if (versions.Exists(s => s.Version == head.Version))
            {
                throw new InvalidRulesException("retention rules", [new DefinitionProblem(
                    $"{head.Id}@{head.Version}",
                    "version",
                    "the file was changed, but other rules were loaded under that version before",
                    $"write \"version\": {versions.Max(s => s.Version) + 1}, or put the old file back")]);
            }

            await db.ExecuteAsync(
                "retention/insert_rule_set",
                new { head.Sha256, RuleSet = head.Id, head.Version, Json = head.Raw, State = RuleSetState.Loaded, LoadedAt = time.GetUtcNow().Truncate() },
                token);
            await db.CommitAsync(token);
            return true;
        },
        ct);

    public static Task<IReadOnlyList<RuleSetRow>> AllAsync(DbSession db, CancellationToken ct) => db.QueryAsync<RuleSetRow>("retention/rule_sets", null, ct);

    /// <summary>The rules by which dates are reckoned, and whether they may be acted on.</summary>
    public async Task<(RetentionRules Rules, bool Active)> CurrentAsync(DbSession db, CancellationToken ct) =>
        (await AllAsync(db, ct)).FirstOrDefault(s => s.State == RuleSetState.Active) is { } active ? (Parse(active), true) : (loaded, false);

    /// <param name="sha256">Of rules that were loaded once.</param>
    public async Task<RetentionRules> FindAsync(DbSession db, string sha256, CancellationToken ct) =>
        known.TryGetValue(sha256, out var found) ? found
        : sha256 == loaded.Head.Sha256 ? loaded
        : Parse((await AllAsync(db, ct)).First(s => s.Sha256 == sha256));

    private RetentionRules Parse(RuleSetRow row) => known.GetOrAdd(row.Sha256, _ =>
    {
        var (rules, problems) = RetentionRulesReader.Read($"{row.RuleSet}@{row.Version}", Encoding.UTF8.GetBytes(row.Json));
        return rules ?? throw new InvalidRulesException("kept retention rules", problems);
    });
}
