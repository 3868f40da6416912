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

    /// <summary>Only for alarms: people must be able to go on helping somebody while it is looked into.</summary>
    public const string TrailTag = "trail";

    public static void AddReadiness(this IServiceCollection services) =>
        services.AddHealthChecks()
            .AddCheck<DatabaseCheck>("database", tags: [ReadyTag])
            .AddCheck<DeadlineCheck>("deadlines", tags: [DeadlinesTag])
            .AddCheck<EngineCheck>("engine", tags: [DeadlinesTag])
            .AddCheck<TrailCheck>("trail", tags: [TrailTag]);

    public static void MapHealth(this WebApplication app)
    {
        // Live says the process answers; a broken database must not make an orchestrator restart it.
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(ReadyTag) }).AllowAnonymous();
        app.MapHealthChecks("/health/deadlines", Alarm(DeadlinesTag)).AllowAnonymous();
        app.MapHealthChecks("/health/trail", Alarm(TrailTag)).AllowAnonymous();
    }

    private static HealthCheckOptions Alarm(string tag)
    {
        var options = new HealthCheckOptions { Predicate = check => check.Tags.Contains(tag), ResponseWriter = WriteAsync };
        // A monitor that only looks at the status must see it too.
        options.ResultStatusCodes[HealthStatus.Degraded] = StatusCodes.Status503ServiceUnavailable;
        return options;
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var json = new JsonObject { ["status"] = report.Status.ToString() };
        foreach (var (name, value) in report.Entries.Values.SelectMany(entry => entry.Data))
        {
            json[name] = JsonSerializer.SerializeToNode(value, JsonSerializerOptions.Web);
        }

        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json.ToJsonString(), context.RequestAborted);
    }
}
