using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.Trail.Anchors;

namespace SignalReview.Trail.Signing;

internal static class SigningSetup
{
    public static IServiceCollection AddSigning(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(CheckpointPace.From(configuration))
        .AddSingleton(provider => provider.GetRequiredService<KeyRing>().State)
        .AddSingleton<TrailAlarms>()
        .AddSingleton(provider => AnchorSettings.Read(configuration, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<AnchorQueue>()
        .AddSingleton<CheckpointRound>()
        .AddSingleton<TrailHealth>()
        .AddSingleton<WrappingRotation>()
        .AddSingleton<AcknowledgeTrailAlarm>();
}
