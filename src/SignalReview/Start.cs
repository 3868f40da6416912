using Microsoft.Extensions.DependencyInjection;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview;

/// <summary>Makes the database ready before the first request.</summary>
internal static class Start
{
    /// <exception cref="InvalidOperationException">A released migration was edited, or the workflow definitions are invalid.</exception>
    public static async Task PrepareSignalReviewAsync(this IServiceProvider services, CancellationToken ct)
    {
        _ = services.GetRequiredService<Workflow.DefinitionLibrary>(); // an invalid definition stops start-up
        await services.GetRequiredService<Migrator>().MigrateAsync(ct);
        await services.GetRequiredService<TrailPreparation>().RunAsync(ct);
    }
}
