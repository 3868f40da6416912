using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.Storage;

namespace SignalReview.Trail.Audit;

internal static class AuditSetup
{
    public static IServiceCollection AddAudit(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<WhoLooked>()
        .AddSingleton<StoryReads>()
        .AddSingleton(_ => EmergencySettings.From(configuration))
        .AddSingleton<OpenEmergency>()
        .AddSingleton<ReviewEmergency>()
        .AddSingleton<Findings>()
        .AddSingleton<FindingReads>()
        .AddSingleton<DrawSample>()
        .AddSingleton<SampleReads>()
        .AddSingleton<TrailFeed>()
        .AddSingleton(_ => ExportPolicy.From(configuration))
        .AddSingleton(provider => ExportFiles.From(configuration, provider.GetRequiredService<DataFolder>()))
        .AddSingleton<ExportJobs>()
        .AddSingleton<ExportJobReads>()
        .AddSingleton<ExportBuilder>();
}
