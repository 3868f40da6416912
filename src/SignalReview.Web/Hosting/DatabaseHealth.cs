using System.Data.Common;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SignalReview.Storage;

namespace SignalReview.Web.Hosting;

/// <summary>The database answers, and it has been prepared.</summary>
internal sealed class DatabaseHealth(IDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await database.OpenReadAsync(cancellationToken);
            return await db.ScalarAsync<int>("storage/journal_exists", null, cancellationToken) == 1
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("The database has no tables yet.");
        }
        catch (DbException e)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", e);
        }
    }
}
