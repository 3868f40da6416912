using Elsa.Extensions;
using Elsa.Persistence.EFCore;
using Elsa.Persistence.EFCore.Extensions;
using Elsa.Persistence.EFCore.Modules.Management;
using Elsa.Persistence.EFCore.Modules.Runtime;
using Elsa.Workflows.Activities.Flowchart.Extensions;
using Elsa.Workflows.Runtime.Distributed.Extensions;
using Medallion.Threading;
using Medallion.Threading.FileSystem;
using Medallion.Threading.SqlServer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SignalReview.Storage;
using SignalReview.Workflow.Outside;

namespace SignalReview.Elsa;

/// <summary>Elsa, with what it needs and nothing more: no HTTP API, identity, Studio, timers, C# or Python.</summary>
internal static class ElsaSetup
{
    /// <summary>The schema of Elsa's tables on SQL Server. SQLite knows no schemas: there it is a file of its own.</summary>
    private const string Schema = "elsa";

    private static readonly TimeSpan LongestLock = TimeSpan.FromSeconds(30);

    /// <summary>
    /// New cases run on Elsa. Its storage is on the product's own provider: <c>elsa.db</c> in the data folder, or the schema <c>elsa</c> of the SQL Server
    /// database. It can be thrown away at any time: it is made again from the product's own tables.
    /// </summary>
    public static IServiceCollection AddElsaEngine(this IServiceCollection services, IConfiguration configuration, DataFolder folder)
    {
        var sqlServer = StorageSetup.Dialect(configuration) == SqlDialect.SqlServer ? configuration["Database:ConnectionString"]! : null;
        var sqlite = $"Data Source={Path.Combine(folder.FullPath, "elsa.db")}";
        var options = new ElsaDbContextOptions { SchemaName = Schema, MigrationsHistoryTableName = "ElsaMigrations" };
        services.AddElsa(elsa => elsa
            .UseWorkflowManagement(management => management.UseEntityFrameworkCore(ef =>
            {
                _ = sqlServer is null ? ef.UseSqlite(sqlite) : ef.UseSqlServer(sqlServer, options);
            }))
            .UseWorkflowRuntime(runtime =>
            {
                // Also on one node: the local runtime loses resumes that come at the same time.
                runtime.UseDistributedRuntime();
                runtime.UseEntityFrameworkCore(ef =>
                {
                    _ = sqlServer is null ? ef.UseSqlite(sqlite) : ef.UseSqlServer(sqlServer, options);
                });
                runtime.DistributedLockProvider = _ => Locks(sqlServer, folder);
                runtime.DistributedLockingOptions = locking => locking.LockAcquisitionTimeout = LongestLock;
            })
            .UseJavaScript()

            // The older way of running a flowchart, by counting visits, forgets at each wait by which way a step was reached, and then loses a
            // way back: an approval that was returned after a reminder is never asked again.
            .UseFlowchart(flowchart => flowchart.UseTokenBasedExecution()));
        return services
            .AddLogging(Quieten)
            .AddScoped<global::Elsa.Workflows.Runtime.IWorkflowsProvider, DefinitionProvider>()
            .AddSingleton<global::Elsa.Workflows.IActivityProvider, StepActivityProvider>()
            .AddSingleton<IFlowRuntime, ElsaRuntime>()
            .AddOutsideEngine();
    }

    /// <summary>EF Core tells of every statement, and of every table that SQLite has no schema for.</summary>
    private static void Quieten(ILoggingBuilder logging) => logging
        .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning)
        .AddFilter("Microsoft.EntityFrameworkCore.Model.Validation", LogLevel.Error)
        .AddFilter("Microsoft.EntityFrameworkCore.Migrations", LogLevel.Error);

    private static IDistributedLockProvider Locks(string? sqlServer, DataFolder folder) => sqlServer is null
        ? new FileDistributedSynchronizationProvider(Directory.CreateDirectory(Path.Combine(folder.FullPath, "locks")))
        : new SqlDistributedSynchronizationProvider(sqlServer);
}
