using Microsoft.Extensions.Diagnostics.HealthChecks;
using SignalReview.Workflow.Outside;

namespace SignalReview.Web.Hosting;

/// <summary>No case stands still because the workflow engine fails. Numbers only, as in <see cref="DeadlineCheck"/>.</summary>
internal sealed class EngineCheck(FlowHealth health) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var stuck = await health.CountStuckAsync(cancellationToken);
        return new(
            stuck == 0 ? HealthStatus.Healthy : HealthStatus.Degraded,
            $"The engine fails on {stuck} cases.",
            data: new Dictionary<string, object>(StringComparer.Ordinal) { ["engineFails"] = stuck });
    }
}
