using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using SignalReview.Workflow;

namespace SignalReview.Cli;

/// <summary>Shows the ways through a definition.</summary>
internal static class PathsOutput
{
    /// <param name="limit">Of all paths the first so many; null: the covering ones.</param>
    public static void Write(WorkflowDefinition definition, int? limit, TextWriter output)
    {
        var count = FlowPaths.Count(definition);
        output.WriteLine($"{definition.DefinitionId} version {definition.Version}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} paths lead from the start to an end when each loop is gone through at most once again."));
        foreach (var connection in FlowPaths.NeverTaken(definition))
        {
            output.WriteLine($"Never taken, whatever the values: {connection.Source}.{connection.Port} to {connection.Target}");
        }

        var paths = limit is { } most ? FlowPaths.All(definition).Take(most) : FlowPaths.Covering(definition);
        if (limit is null)
        {
            output.WriteLine("These cover every connection and every two that can follow each other; --all lists all.");
        }

        var number = 0;
        foreach (var path in paths)
        {
            Write(path, ++number, output);
        }

        if (limit is not null && number < count)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number:N0} of {count:N0} are shown; --limit shows more."));
        }
    }

    private static void Write(FlowPath path, int number, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"Path {number}: {Values(path.Inputs.Remove(CaseInputs.CaseId))}");
        Write(path.Opening, output);
        foreach (var step in path.Steps)
        {
            output.WriteLine($"  {step.Node}: {step.Outcome}{(step.Outputs.IsEmpty ? "" : $" with {Values(step.Outputs)}")}");
            Write(step.Passed, output);
        }
    }

    private static void Write(ImmutableArray<FlowChoice> passed, TextWriter output)
    {
        foreach (var choice in passed)
        {
            output.WriteLine($"    {choice.Node} is {choice.Port}");
        }
    }

    private static string Values(ImmutableSortedDictionary<string, JsonElement> values) =>
        string.Join(", ", values.Select(v => $"{v.Key} = {v.Value}"));
}
