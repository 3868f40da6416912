using SignalReview.Web.Components.Pages.Minutes;
using SignalReview.Web.Components.Pages.Privacy;
using SignalReview.Web.Components.Pages.Rooms;

namespace SignalReview.Web.Components.Pages.Cases;

internal static class CasesPages
{
    public static IServiceCollection AddCasePages(this IServiceCollection services) => services
        .AddSingleton<RefusalTexts>()
        .AddSingleton<PhaseSteps>()
        .AddSingleton<SignalForms>()
        .AddSingleton<ConsultationForms>()
        .AddSingleton<ComparingForms>()
        .AddSingleton<DecisionForms>()
        .AddSingleton<VoteWords>()
        .AddSingleton<RoomForms>()
        .AddSingleton<MinutesForms>()
        .AddSingleton<PrivacyForms>()
        .AddSingleton<CaseForms>();

    public static void MapCasePages(this IEndpointRouteBuilder routes)
    {
        routes.MapDrafts();
        routes.MapWall();
        routes.MapVotesCsv();
    }
}
