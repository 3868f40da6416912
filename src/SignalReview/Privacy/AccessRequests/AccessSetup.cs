using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace SignalReview.Privacy.AccessRequests;

internal static class AccessSetup
{
    /// <summary>By the rules of the file <c>Privacy:AccessRules</c>, or the shipped example. An invalid one stops start-up.</summary>
    public static IServiceCollection AddAccessRequests(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(AccessRulesReader.Load(configuration[AccessRulesReader.Setting]))
        .AddSingleton<RegisterAccess>()
        .AddSingleton<ExtendAccess>()
        .AddSingleton<AddAccessCase>()
        .AddSingleton<DecideAccess>()
        .AddSingleton<AccessFiles>()
        .AddSingleton<AccessReads>()
        .AddSingleton<AccessExpiry>();
}
