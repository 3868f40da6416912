using Microsoft.Extensions.DependencyInjection;
using SignalReview.Storage;

namespace SignalReview.Trail;

internal static class TrailSetup
{
    public static IServiceCollection AddTrail(this IServiceCollection services) => services
        .AddSingleton(provider => KeyRing.OpenOrCreate(provider.GetRequiredService<DataFolder>().KeysFolder))
        .AddSingleton<TrailPreparation>();
}
