using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.Privacy.AccessRequests;
using SignalReview.Privacy.Erasure;
using SignalReview.Privacy.Holds;
using SignalReview.Privacy.Retention;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Privacy;

internal static class PrivacySetup
{
    /// <summary>
    /// <c>Privacy:ErasureList</c> names the file that holds the erasures; without it, <c>erasures.list</c> beside the keys.
    /// </summary>
    public static IServiceCollection AddPrivacy(this IServiceCollection services, IConfiguration configuration) => services
        .AddRetention(configuration)
        .AddAccessRequests(configuration)
        .AddSingleton<PlaceHold>()
        .AddSingleton<LiftHold>()
        .AddSingleton<RequestErasure>()
        .AddSingleton<CheckErasure>()
        .AddSingleton<ApproveErasure>()
        .AddSingleton<DeclineErasure>()
        .AddSingleton<EraseCase>()
        .AddSingleton<EraseByRule>()
        .AddSingleton<Destruction>()
        .AddSingleton<ErasureStart>()
        .AddSingleton<ErasureCertificates>()
        .AddSingleton<PrivacyReads>()
        .AddSingleton(provider => new ErasureList(
            provider.GetRequiredService<CheckpointSigner>(),
            configuration["Privacy:ErasureList"] is { Length: > 0 } path
                ? Path.GetFullPath(path)
                : Path.Combine(provider.GetRequiredService<DataFolder>().KeysFolder, "erasures.list")));
}
