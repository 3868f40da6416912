using Microsoft.Extensions.Diagnostics.HealthChecks;
using SignalReview.Storage;
using SignalReview.Workflow;

namespace SignalReview.Web.Hosting;

/// <summary>Nothing is overdue that did not fire. Numbers only: who may look here need not know of any case.</summary>
internal sealed class DeadlineCheck(DeadlineHealth health) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var report = await health.ReadAsync(cancellationToken);
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["state"] = Enums.Text(report.State),
            ["overdue"] = report.Overdue,
            ["failing"] = report.Failing,
            ["oldestSeconds"] = (long)report.Oldest.TotalSeconds,
        };
        var status = report.State switch
        {
            DeadlineState.OnTime => HealthStatus.Healthy,
            DeadlineState.Failing => HealthStatus.Degraded,
            DeadlineState.Stopped => HealthStatus.Unhealthy,
        };
        return new(status, $"{report.Overdue} deadlines are overdue.", data: data);
    }
}
