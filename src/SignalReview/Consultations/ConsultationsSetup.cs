using Microsoft.Extensions.DependencyInjection;

namespace SignalReview.Consultations;

internal static class ConsultationsSetup
{
    public static IServiceCollection AddConsultations(this IServiceCollection services) => services
        .AddSingleton<Routing>()
        .AddSingleton<Roster>()
        .AddSingleton<AcceptInvitation>()
        .AddSingleton<DeclineInvitation>()
        .AddSingleton<ReplaceReader>()
        .AddSingleton<InviteReader>()
        .AddSingleton<AskQuestion>()
        .AddSingleton<AnswerQuestion>()
        .AddSingleton<MarkQuestion>()
        .AddSingleton<ReadyToRead>()
        .AddSingleton<FinishClarifying>()
        .AddSingleton<SubmitInterpretation>()
        .AddSingleton<RevealInterpretations>()
        .AddSingleton<FinishComparing>();
}
