using SignalReview.Workflow;
#if ELSA
using SignalReview.Elsa;
using SignalReview.Storage;
#endif

namespace SignalReview.Web.Hosting;

/// <summary>Why it is this engine.</summary>
internal enum EngineReason
{
    /// <summary>It is the default of this build.</summary>
    BuiltIn,

    /// <summary><c>Workflow:Engine</c> says so.</summary>
    Configured,

    /// <summary>The product was built without Elsa.</summary>
    WithoutElsa,
}

/// <summary>The engine on which new cases run.</summary>
internal sealed record EngineChoice(string Engine, EngineReason Reason);

/// <summary>The one place that chooses an engine.</summary>
internal static partial class EngineSetup
{
    private const string Setting = "Workflow:Engine";
    private const string ElsaName = "Elsa";

    /// <summary><c>Workflow:Engine</c>: <c>Elsa</c>, the default where the product was built with it, or <c>Embedded</c>.</summary>
    /// <exception cref="InvalidOperationException">The setting names no engine, or one that this build does not have.</exception>
    public static void AddWorkflowEngine(this WebApplicationBuilder builder)
    {
        var wanted = builder.Configuration[Setting];
        var isElsa = string.Equals(wanted, ElsaName, StringComparison.OrdinalIgnoreCase);
        var isEmbedded = string.Equals(wanted, EmbeddedEngine.EngineName, StringComparison.OrdinalIgnoreCase);
        if (!string.IsNullOrWhiteSpace(wanted) && !isElsa && !isEmbedded)
        {
            throw new InvalidOperationException($"{Setting} is '{wanted}'; known are {EmbeddedEngine.EngineName} and {ElsaName}.");
        }

#if ELSA
        if (isEmbedded)
        {
            builder.Services.AddSingleton(new EngineChoice(EmbeddedEngine.EngineName, EngineReason.Configured));
            return;
        }

        builder.Services.AddElsaEngine(builder.Configuration, DataFolder.From(builder.Configuration, builder.Environment.ContentRootPath));
        builder.Services.AddSingleton(new EngineChoice($"{ElsaName} {ElsaRuntime.Version}", isElsa ? EngineReason.Configured : EngineReason.BuiltIn));
#else
        if (isElsa)
        {
            throw new InvalidOperationException($"{Setting} is {ElsaName}, but this build is without it. Build with -p:WithElsa=true where a package source carries Elsa.");
        }

        builder.Services.AddSingleton(new EngineChoice(EmbeddedEngine.EngineName, isEmbedded ? EngineReason.Configured : EngineReason.WithoutElsa));
#endif
    }

    /// <summary>One line at start-up.</summary>
    public static void LogWorkflowEngine(this WebApplication app)
    {
        var choice = app.Services.GetRequiredService<EngineChoice>();
        LogEngine(app.Logger, choice.Engine, choice.Reason);
    }

    [LoggerMessage(9010, LogLevel.Information, "New cases run on the workflow engine {Engine} ({Reason})")]
    private static partial void LogEngine(ILogger logger, string engine, EngineReason reason);
}
