using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace SignalReview.Workflow.Outside;

internal static class OutsideSetup
{
    /// <summary>New cases run on the registered <see cref="IFlowRuntime"/> instead of the embedded engine.</summary>
    public static IServiceCollection AddOutsideEngine(this IServiceCollection services) => services
        .Replace(ServiceDescriptor.Singleton<IWorkflowEngine, OutsideEngine>())
        .AddSingleton<FlowHealing>()
        .AddSingleton<FlowSync>()
        .AddSingleton<FlowReconciler>()
        .AddHostedService<FlowService>();
}
