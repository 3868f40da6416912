using Microsoft.Extensions.DependencyInjection;
using SignalReview.Signals.Images;

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
        .AddSingleton<AppointFacilitator>()
        .AddSingleton<AppointCoFacilitator>()
        .AddSingleton<AttachImage>()
        .AddSingleton<RemoveImage>()
        .AddSingleton<ImageReads>();
}
