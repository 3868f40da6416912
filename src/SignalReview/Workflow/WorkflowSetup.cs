using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.Workflow.Outside;

namespace SignalReview.Workflow;

internal static class WorkflowSetup
{
    /// <summary>The shipped definitions, or those of the folder <c>Workflow:Folder</c>. An invalid one stops start-up.</summary>
    public static IServiceCollection AddWorkflow(this IServiceCollection services, IConfiguration configuration)
    {
        var folder = configuration["Workflow:Folder"];
        return services
            .AddSingleton(string.IsNullOrWhiteSpace(folder) ? DefinitionLibrary.Shipped() : DefinitionLibrary.FromFolder(folder))
            .AddSingleton<DefinitionStore>()
            .AddSingleton<EmbeddedEngine>()
            .AddSingleton<IWorkflowEngine>(provider => provider.GetRequiredService<EmbeddedEngine>())
            .AddSingleton<FlowTakeover>()
            .AddSingleton<EngineCatchUp>()
            .AddSingleton<FlowHealth>()
            .AddSingleton<StepRunner>()
            .AddSingleton<RunStep>(provider => provider.GetRequiredService<StepRunner>().RunAsync)
            .AddSingleton<WorkflowDriver>()
            .AddSingleton<Deadlines>()
            .AddSingleton<TeamDaysOff>()
            .AddSingleton<DeadlineHealth>()
            .AddSingleton<ExtendDeadline>()
            .AddSingleton<PauseDeadline>()
            .AddSingleton<ResumeDeadline>()
            .AddSingleton<WorkflowOverview>()
            .AddSingleton<Preview.PreviewCases>();
    }
}
