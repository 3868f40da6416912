using System.Collections.Concurrent;
using System.Text;
using SignalReview.Cases;
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
}
