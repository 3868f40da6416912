using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace SignalReview.Workflow;

internal static class WorkflowSetup
{
    /// <summary>The shipped definitions, or those of the folder <c>Workflow:Folder</c>. An invalid one stops start-up.</summary>
    public static IServiceCollection AddWorkflow(this IServiceCollection services, IConfiguration configuration)
    {
        var folder = configuration["Workflow:Folder"];
        return services
            .AddSingleton(string.IsNullOrWhiteSpace(folder) ? DefinitionLibrary.Shipped() : DefinitionLibrary.FromFolder(folder))
            .AddSingleton<IWorkflowEngine, EmbeddedEngine>()
            .AddSingleton<StepRunner>()
            .AddSingleton<WorkflowDriver>()
            .AddSingleton<Deadlines>()
            .AddSingleton<TeamDaysOff>()
            .AddSingleton<DeadlineHealth>()
            .AddSingleton<ExtendDeadline>()
            .AddSingleton<PauseDeadline>()
            .AddSingleton<ResumeDeadline>()
            .AddSingleton<WorkflowOverview>();
    }
}
