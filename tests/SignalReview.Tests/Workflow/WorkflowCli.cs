using System.CommandLine;
using SignalReview.Cli;
using SignalReview.Workflow;

namespace SignalReview.Tests.Workflow;

/// <summary>Runs <c>signalreview workflow …</c>.</summary>
internal static class WorkflowCli
{
    public static async Task<(int Code, string Output)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var root = new RootCommand { WorkflowCommand.Create() };
        var parsed = root.Parse(["workflow", .. args]);
        var code = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = errors });
        return (parsed.Errors.Count > 0 ? ExitCodes.Usage : code, output.ToString() + errors);
    }

    /// <summary>Writes the shipped definitions to a folder.</summary>
    public static async Task WriteShippedAsync(string folder)
    {
        foreach (var definition in DefinitionLibrary.Shipped().All)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, $"{definition.DefinitionId}.json"), definition.Raw);
        }
    }
}
