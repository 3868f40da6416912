#if ELSA
using System.Text.Json;
using Elsa.Persistence.EFCore.Modules.Management;
using Elsa.Persistence.EFCore.Modules.Runtime;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using SignalReview.Elsa;
using SignalReview.Storage;
using SignalReview.Tests.Storage.TSql;

namespace SignalReview.Tests.Workflow.Engines;

internal sealed partial class ElsaEngineTests
{
    [Test]
    public async Task Nothing_that_people_wrote_is_in_its_storage()
    {
        await using var world = await CaseWorld.StartAsync(change: AddEngine);
        await world.ClosedAsync();
        var stored = await TextsAsync(Path.Combine(world.Get<IConfiguration>()["data"]!, "elsa.db"));
        Assert.That(stored.Any(t => t.Contains(Instance(world), StringComparison.Ordinal)), Is.True, "the case is there, by its id");

        var written = new[] { Json(world.Signal()), Json(CaseWorld.Reading()), Json(world.Vote()), Json(world.Decide()) }.SelectMany(Texts).Where(t => t.Contains(' ', StringComparison.Ordinal)).ToList();
        Assert.That(written, Has.Count.GreaterThan(12));
        Assert.That(written.Where(w => stored.Any(t => t.Contains(w, StringComparison.OrdinalIgnoreCase))), Is.Empty);
    }

    [Test]
    public async Task On_SQL_Server_all_its_tables_are_in_a_schema_of_their_own()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Database:Provider"] = "SqlServer",
                ["Database:ConnectionString"] = "Server=nowhere.invalid;Database=SignalReview;Integrated Security=true",
            })
            .Build();
        var folder = Directory.CreateTempSubdirectory("signalreview-test-").FullName;
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddElsaEngine(configuration, DataFolder.At(folder))
            .BuildServiceProvider();
        var tables = await TablesAsync<ManagementElsaDbContext>(services);
        tables.AddRange(await TablesAsync<RuntimeElsaDbContext>(services));
        Directory.Delete(folder, recursive: true);

        Assert.That(tables.Select(t => t.BaseIdentifier.Value), Is.SupersetOf(new[] { "WorkflowDefinitions", "WorkflowInstances", "Bookmarks" }));
        Assert.That(tables.Where(t => t.SchemaIdentifier?.Value != "elsa").Select(t => t.BaseIdentifier.Value), Is.Empty);
    }

    /// <summary>What its migrations make, as they would run.</summary>
    private static async Task<List<SchemaObjectName>> TablesAsync<T>(IServiceProvider services)
        where T : DbContext
    {
        await using var context = await services.GetRequiredService<IDbContextFactory<T>>().CreateDbContextAsync();
        var findings = new List<Finding>();
        var script = TSqlText.Parse(typeof(T).Name, context.GetService<IMigrator>().GenerateScript(), findings);
        Assert.That(findings, Is.Empty);
        return [.. TSqlText.All<CreateTableStatement>(script!).Select(t => t.SchemaObjectName)];
    }

    private static async Task<IReadOnlyList<string>> TextsAsync(string file)
    {
        await using var db = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        await db.OpenAsync();
        List<string> texts = [];
        foreach (var table in await ColumnAsync(db, "SELECT name FROM sqlite_master WHERE type = 'table'"))
        {
            foreach (var column in await ColumnAsync(db, $"SELECT name FROM pragma_table_info('{table}')"))
            {
                texts.AddRange(await ColumnAsync(db, $"SELECT CAST(\"{column}\" AS TEXT) FROM \"{table}\" WHERE \"{column}\" IS NOT NULL"));
            }
        }

        return texts;
    }

    private static async Task<IReadOnlyList<string>> ColumnAsync(SqliteConnection db, string query)
    {
        await using var command = db.CreateCommand();
        command.CommandText = query;
        await using var reader = await command.ExecuteReaderAsync();
        List<string> found = [];
        while (await reader.ReadAsync())
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value);

    private static IEnumerable<string> Texts(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => [json.GetString()!],
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => json.EnumerateObject().SelectMany(p => Texts(p.Value)),
        _ => [],
    };
}
#endif
