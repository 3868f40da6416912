using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SignalReview.Cases;
using SignalReview.Comparing;
using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.Demo;
using SignalReview.Minutes;
using SignalReview.People;
using SignalReview.Privacy;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Statistics;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Workflow;

namespace SignalReview;

/// <summary>The whole product without a door: every slice, explicitly.</summary>
internal static class SignalReviewSetup
{
    public static IServiceCollection AddSignalReview(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddStorage(configuration)
            .AddTrail(configuration)
            .AddPeople()
            .AddCases()
            .AddWorkflow(configuration)
            .AddSignals()
            .AddConsultations()
            .AddComparing()
            .AddRooms()
            .AddMinutes()
            .AddDecisions()
            .AddStatistics()
            .AddPrivacy(configuration)
            .AddSingleton<DemoSeed>();
    }
}
