using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SignalReview.Web.Hosting;

internal static class Health
{
    /// <summary>Health checks with this tag decide whether the node may get traffic.</summary>
    public const string ReadyTag = "ready";

    /// <summary>Only for alarms: people can go on with their work while a deadline is overdue or a case stands still, so it takes no node out of traffic.</summary>
    public const string DeadlinesTag = "deadlines";

    public static void AddReadiness(this IServiceCollection services) =>
        services.AddHealthChecks()
            .AddCheck<DatabaseCheck>("database", tags: [ReadyTag])
            .AddCheck<DeadlineCheck>("deadlines", tags: [DeadlinesTag])
            .AddCheck<EngineCheck>("engine", tags: [DeadlinesTag]);

    public static void MapHealth(this WebApplication app)
    {
        // Live says the process answers; a broken database must not make an orchestrator restart it.
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(ReadyTag) }).AllowAnonymous();
        var deadlines = new HealthCheckOptions { Predicate = check => check.Tags.Contains(DeadlinesTag), ResponseWriter = WriteAsync };
        // A monitor that only looks at the status must see it too.
        deadlines.ResultStatusCodes[HealthStatus.Degraded] = StatusCodes.Status503ServiceUnavailable;
        app.MapHealthChecks("/health/deadlines", deadlines).AllowAnonymous();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var json = new JsonObject { ["status"] = report.Status.ToString() };
        foreach (var (name, value) in report.Entries.Values.SelectMany(entry => entry.Data))
        {
            json[name] = JsonSerializer.SerializeToNode(value);
        }

        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json.ToJsonString(), context.RequestAborted);
    }
}
