using Microsoft.Extensions.DependencyInjection;

namespace SignalReview.Comparing;

internal static class ComparingSetup
{
    public static IServiceCollection AddComparing(this IServiceCollection services) => services
        .AddSingleton<CheckMissing>()
        .AddSingleton<UncheckMissing>()
        .AddSingleton<TakeEnquiry>()
        .AddSingleton<LeaveEnquiry>()
        .AddSingleton<ReportEnquiry>()
        .AddSingleton<AnswerEnquiry>();
}
