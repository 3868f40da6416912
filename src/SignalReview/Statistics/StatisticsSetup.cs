using Microsoft.Extensions.DependencyInjection;

namespace SignalReview.Statistics;

internal static class StatisticsSetup
{
    public static IServiceCollection AddStatistics(this IServiceCollection services) => services.AddSingleton<StatisticsReads>();
}
