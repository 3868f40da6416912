using Microsoft.Extensions.Diagnostics.HealthChecks;
using SignalReview.Storage;
using SignalReview.Trail.Signing;

namespace SignalReview.Web.Hosting;

/// <summary>The trail is as it was signed. Numbers and kinds only: who may look here need not know of any case.</summary>
internal sealed class TrailCheck(TrailHealth health) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var report = await health.ReadAsync(cancellationToken);
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["state"] = Enums.Text(report.State),
            ["alarms"] = report.Alarms.Select(alarm => Enums.Text(alarm.Kind)).ToArray(),
            ["events"] = report.Size,
            ["signed"] = report.SignedSize,
            ["unsignedSeconds"] = (long)report.UnsignedFor.TotalSeconds,
            ["anchors"] = report.Anchors.ToDictionary(anchor => anchor.Anchor, anchor => new AnchorDetail(anchor.Waiting, anchor.Failure is { } failure ? Enums.Text(failure) : null)),
        };
        var status = report.State switch
        {
            TrailState.Signed => HealthStatus.Healthy,
            TrailState.AnchorFails or TrailState.Behind => HealthStatus.Degraded,
            TrailState.Alarm => HealthStatus.Unhealthy,
        };
        return new(status, $"{report.SignedSize} of {report.Size} events are signed.", data: data);
    }

    private sealed record AnchorDetail(int Waiting, string? Failure);
}
