using Microsoft.Extensions.DependencyInjection;

namespace SignalReview.Minutes;

internal static class MinutesSetup
{
    public static IServiceCollection AddMinutes(this IServiceCollection services) => services
        .AddSingleton<EditMinutes>()
        .AddSingleton<ProposeMinutes>()
        .AddSingleton<AnswerMinutes>();
}
