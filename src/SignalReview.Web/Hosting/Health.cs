using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace SignalReview.Web.Hosting;

internal static class Health
{
    /// <summary>Health checks with this tag decide whether the node may get traffic.</summary>
    public const string ReadyTag = "ready";

    public static void AddReadiness(this IServiceCollection services) =>
        services.AddHealthChecks().AddCheck<DatabaseCheck>("database", tags: [ReadyTag]);

    public static void MapHealth(this WebApplication app)
    {
        // Live says the process answers; a broken database must not make an orchestrator restart it.
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(ReadyTag) }).AllowAnonymous();
    }
}
