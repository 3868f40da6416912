using System.CommandLine;
using SignalReview.Workflow;

namespace SignalReview.Cli;

/// <summary><c>signalreview workflow check PATH</c>: what start-up would say of these definitions, without starting anything.</summary>
internal static class WorkflowCommand
{
    public static Command Create()
    {
        var path = new Argument<FileSystemInfo>("path") { Description = "A definition, or a folder with definitions (*.json)." };
        path.AcceptExistingOnly();

        var check = new Command("check", "Checks workflow definitions; names file, step and reason of every problem.") { path };
        check.SetAction(result => Check(result.GetRequiredValue(path).FullName, result.InvocationConfiguration.Output));
        return new Command("workflow", "Work with workflow definitions.") { check };
    }

    private static int Check(string path, TextWriter output)
    {
        var (definitions, problems) = DefinitionLibrary.Check(path);
        foreach (var problem in problems)
        {
            output.WriteLine(problem);
        }

        if (definitions.IsEmpty && problems.IsEmpty)
        {
            output.WriteLine($"{path}: no *.json here, nothing was checked");
            return 1;
        }

        if (!problems.IsEmpty)
        {
            output.WriteLine($"{problems.Length} problem(s) found.");
            return 1;
        }

        foreach (var definition in definitions)
        {
            output.WriteLine($"{definition.DefinitionId} version {definition.Version}: valid, {definition.Nodes.Count} steps, sha256 {definition.Sha256}");
        }

        return 0;
    }
}
