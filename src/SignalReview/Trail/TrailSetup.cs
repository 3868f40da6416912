using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.Storage;
using SignalReview.Trail.Audit;
using SignalReview.Trail.Checking;
using SignalReview.Trail.Signing;

namespace SignalReview.Trail;

internal static class TrailSetup
{
    public static IServiceCollection AddTrail(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(provider => KeyRing.OpenOrCreate(provider.GetRequiredService<DataFolder>().KeysFolder, KeyRingSettings.From(configuration)))
        .AddSingleton<TrailPreparation>()
        .AddSingleton(provider => new CheckpointSigner(provider.GetRequiredService<KeyRing>(), TrailLog.Name))
        .AddSingleton(_ => new TrailOrganisation(configuration["Organisation:Name"] is { Length: > 0 } name ? name : "SignalReview"))
        .AddSingleton<TrailChecks>()
        .AddSingleton<TrailReads>()
        .AddSingleton<ExportDesk>()
        .AddSingleton<RangeExport>()
        .AddAudit(configuration)
        .AddSingleton<TrailExport>()
        .AddSigning(configuration);
}
