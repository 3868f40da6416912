using Microsoft.Extensions.DependencyInjection;

namespace SignalReview.Decisions;

internal static class DecisionsSetup
{
    public static IServiceCollection AddDecisions(this IServiceCollection services) => services
        .AddSingleton<Decide>()
        .AddSingleton<AskDissent>()
        .AddSingleton<StateDissent>()
        .AddSingleton<WaiveDissent>()
        .AddSingleton<CloseDissent>()
        .AddSingleton<ApproveDecision>()
        .AddSingleton<ReturnDecision>()
        .AddSingleton<PlanFollowUp>()
        .AddSingleton<CompleteFollowUp>()
        .AddSingleton<ReviewCase>()
        .AddSingleton<ReopenCase>();
}
