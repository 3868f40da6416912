using Microsoft.Extensions.DependencyInjection;
using SignalReview.Demo;
using SignalReview.Privacy.Erasure;
using SignalReview.Privacy.Retention;
using SignalReview.Rooms.Anonymous;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Workflow;
using SignalReview.Workflow.Outside;

namespace SignalReview;

/// <summary>Makes the database ready before the first request.</summary>
internal static class Start
{
    /// <param name="services">The host's services.</param>
    /// <param name="demo">Fill an empty database with the demo's colleagues and cases.</param>
    /// <param name="ct">The caller's token.</param>
    /// <exception cref="InvalidOperationException">A released migration was edited, a setting cannot be read, or the workflow definitions are invalid.</exception>
    public static async Task PrepareSignalReviewAsync(this IServiceProvider services, bool demo, CancellationToken ct)
    {
        services.GetRequiredService<DataLock>().Share(); // for as long as the host lives: nobody puts a backup back under its feet
        _ = services.GetRequiredService<DefinitionLibrary>(); // an invalid definition stops start-up
        await services.GetRequiredService<Migrator>().MigrateAsync(ct);
        await using (var db = await services.GetRequiredService<IDatabase>().OpenReadAsync(ct))
        {
            await services.GetRequiredService<DefinitionStore>().RefuseChangedAsync(db, ct);
        }

        await services.GetRequiredService<TrailPreparation>().RunAsync(ct);
        // Nothing that was erased is read again, or shown, because an older database was put back.
        await services.GetRequiredService<ErasureStart>().RunAsync(ct);
        await services.GetRequiredService<RuleSets>().KeepAsync(ct);
        await services.GetRequiredService<UrnSweep>().RunAsync(ct);
        await services.GetRequiredService<Workflow.TeamDaysOff>().ApplyAsync(ct);
        if (services.GetService<IFlowRuntime>() is null)
        {
            await services.GetRequiredService<FlowTakeover>().RunAsync(ct);
        }

        if (demo)
        {
            await services.GetRequiredService<DemoSeed>().RunAsync(ct);
        }
    }
}
