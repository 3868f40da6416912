using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using SignalReview.Cases;
using SignalReview.Rooms.Methods;
using SignalReview.Storage;

namespace SignalReview.Workflow;

/// <summary>Every version of a definition that was ever used, so that a running case stays on the one it began with.</summary>
internal sealed class DefinitionStore(DefinitionLibrary library)
{
    private readonly ConcurrentDictionary<string, WorkflowDefinition> known = new(StringComparer.Ordinal);

    public static async Task KeepAsync(Work work, WorkflowDefinition definition, CancellationToken ct)
    {
        if (await work.Db.FirstOrDefaultAsync<string>("workflow/definition", new { definition.Sha256 }, ct) is null)
        {
            await work.ExecuteAsync(
                "workflow/insert_definition",
                new { definition.Sha256, Definition = definition.DefinitionId, definition.Version, Json = definition.Raw, FirstUsedAt = work.Now },
                ct);
        }
    }

    /// <summary>
    /// A case names its definition and version in its trail: the same name and number must mean the same file for ever. Only a version that
    /// a case has begun with is bound so.
    /// </summary>
    /// <exception cref="InvalidDefinitionsException">A definition was changed under a version that cases have used.</exception>
    public async Task RefuseChangedAsync(DbSession db, CancellationToken ct)
    {
        var used = await db.QueryAsync<UsedRow>("workflow/used_versions", null, ct);
        var changed = library.All.Where(d => used.Any(u => u.Definition == d.DefinitionId && u.Version == d.Version && u.Sha256 != d.Sha256)
            && !used.Any(u => u.Sha256 == d.Sha256));
        ImmutableArray<DefinitionProblem> problems =
        [
            .. changed.Select(d => new DefinitionProblem(
                d.DefinitionId,
                DefinitionProblem.Head,
                $"the file was changed, but cases have begun with another file of version {d.Version}",
                $"write \"version\": {used.Where(u => u.Definition == d.DefinitionId).Max(u => u.Version) + 1} and give \"id\" a new name, or put the old file back")),
        ];
        problems = [.. problems, .. await ChangedMethodsAsync(db, ct)];
        if (!problems.IsEmpty)
        {
            throw new InvalidDefinitionsException(problems);
        }
    }

    /// <summary>A room's trail names the version of its method: that too must mean the same file for ever.</summary>
    private async Task<IEnumerable<DefinitionProblem>> ChangedMethodsAsync(DbSession db, CancellationToken ct)
    {
        var used = await db.QueryAsync<UsedMethodRow>("rooms/used_methods", null, ct);
        return library.Methods.All
            .Where(m => used.Any(u => u.Method == m.Id && u.Version == m.Version && u.Sha256 != m.Sha256) && !used.Any(u => u.Sha256 == m.Sha256))
            .Select(m => new DefinitionProblem(
                $"{MethodLibrary.Folder}/{m.Id}.json",
                "version",
                $"the file was changed, but cases have begun with another file of version {m.Version}",
                $"write \"version\": {used.Where(u => u.Method == m.Id).Max(u => u.Version) + 1}, or put the old file back"));
    }

    /// <param name="sha256">Of the definition's bytes, lower-case hex.</param>
    /// <exception cref="InvalidDefinitionsException">The kept text is none that this version of the product can run.</exception>
    public async Task<WorkflowDefinition> FindAsync(DbSession db, string sha256, CancellationToken ct)
    {
        if (known.TryGetValue(sha256, out var found))
        {
            return found;
        }

        var definition = library.All.FirstOrDefault(d => d.Sha256 == sha256);
        if (definition is null)
        {
            var json = await db.ScalarAsync<string>("workflow/definition", new { Sha256 = sha256 }, ct);
            var (read, problems) = DefinitionReader.Read(sha256, Encoding.UTF8.GetBytes(json));
            definition = read ?? throw new InvalidDefinitionsException([.. problems]);
        }

        return known.GetOrAdd(sha256, definition);
    }

    private sealed record UsedMethodRow
    {
        public string Sha256 { get; init; } = "";
        public string Method { get; init; } = "";
        public int Version { get; init; }
    }

    private sealed record UsedRow
    {
        public string Sha256 { get; init; } = "";
        public string Definition { get; init; } = "";
        public int Version { get; init; }
    }
}
