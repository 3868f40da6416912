using Microsoft.Extensions.Diagnostics.HealthChecks;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Web.Hosting;

/// <summary>Ready means: the database answers and the trail has its head.</summary>
internal sealed class DatabaseCheck(IDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = await database.OpenReadAsync(cancellationToken);
        return await db.FirstOrDefaultAsync<long?>("trail/head_size", new { Log = TrailLog.Name }, cancellationToken) is { } size
            ? HealthCheckResult.Healthy($"The trail holds {size} events.")
            : HealthCheckResult.Unhealthy("The trail has no head: the database was not prepared.");
    }
}
