using Microsoft.Extensions.DependencyInjection;

namespace SignalReview.Signals;

internal static class SignalsSetup
{
    public static IServiceCollection AddSignals(this IServiceCollection services) => services
        .AddSingleton<DraftStore>()
        .AddSingleton<StartSignal>()
        .AddSingleton<SubmitSignal>()
        .AddSingleton<AddToSignal>()
        .AddSingleton<DiscardDraft>()
        .AddSingleton<WithdrawCase>()
        .AddSingleton<StopCase>()
        .AddSingleton<HandleStop>()
        .AddSingleton<TransferCase>()
        .AddSingleton<AppointFacilitator>();
}
