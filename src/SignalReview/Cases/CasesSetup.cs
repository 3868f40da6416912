using Microsoft.Extensions.DependencyInjection;

namespace SignalReview.Cases;

internal static class CasesSetup
{
    public static IServiceCollection AddCases(this IServiceCollection services) => services
        .AddSingleton<CommitSignal>()
        .AddSingleton<Outbox>()
        .AddSingleton<CommandRunner>()
        .AddSingleton<CaseReads>()
        .AddSingleton<WorkList>()
        .AddSingleton<Board>();
}
