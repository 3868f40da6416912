using System.CommandLine;
using System.Globalization;
using System.Text;
using SignalReview.Workflow;
using SignalReview.Workflow.Simulation;

namespace SignalReview.Cli;

/// <summary>
/// <c>signalreview workflow …</c>: what a coordinator wants to know of a definition before it runs. Nothing is started and no database is
/// needed. Exit code 0 = done, 1 = a definition is invalid, 2 = the command line is wrong.
/// </summary>
internal static class WorkflowCommand
{
    public static Command Create() => new("workflow", "Check, draw and try workflow definitions.")
    {
        Check(),
        Show(),
        Paths(),
        Simulate(),
        PreviewCommand.Create(),
    };

    private static Command Check()
    {
        var path = PathArgument();
        var check = new Command("check", "Checks workflow definitions and the methods of their rooms; names file, place and reason of every problem, and how to mend it.") { path };
        check.SetAction(result =>
        {
            var output = result.InvocationConfiguration.Output;
            return Checked(result.GetRequiredValue(path).FullName, output) is { } found ? Valid(found, output) : ExitCodes.Failed;
        });
        return check;
    }

    private static Command Show()
    {
        var path = PathArgument();
        var format = new Option<string>("--format") { Description = "ascii (in the terminal) or svg", DefaultValueFactory = _ => "ascii" };
        format.AcceptOnlyFromAmong("ascii", "svg");
        var file = new Option<FileInfo?>("--out") { Description = "Write to this file instead; one definition at a time" };
        var show = new Command("show", "Draws definitions: steps, outcomes and deadlines. Dotted or dashed lines lead back.") { path, format, file };
        show.SetAction(async (result, ct) =>
        {
            var configuration = result.InvocationConfiguration;
            if (Read(result.GetRequiredValue(path).FullName, configuration.Output) is not { } definitions)
            {
                return ExitCodes.Failed;
            }

            var svg = result.GetValue(format) == "svg";
            if (definitions.Count > 1 && (svg || result.GetValue(file) is not null))
            {
                await configuration.Error.WriteLineAsync("Name one definition: a file holds one picture.");
                return ExitCodes.Usage;
            }

            if (result.GetValue(file) is { } to)
            {
                return await WriteAsync(definitions[0], svg, to, configuration, ct);
            }

            foreach (var definition in definitions)
            {
                await configuration.Output.WriteAsync(Picture(definition, svg, plain: !CanDraw(configuration.Output.Encoding)));
            }

            return ExitCodes.Ok;
        });
        return show;
    }

    private static async Task<int> WriteAsync(WorkflowDefinition definition, bool svg, FileInfo to, InvocationConfiguration configuration, CancellationToken ct)
    {
        try
        {
            await File.WriteAllTextAsync(to.FullName, Picture(definition, svg, plain: false), ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await configuration.Error.WriteLineAsync($"{to.FullName} cannot be written: {e.Message}");
            return ExitCodes.Usage;
        }

        await configuration.Output.WriteLineAsync($"{definition.DefinitionId} version {definition.Version}: drawn in {to.FullName}");
        return ExitCodes.Ok;
    }

    private static Command Paths()
    {
        var path = PathArgument();
        var all = new Option<bool>("--all") { Description = "Every path on which each loop is gone through at most once again, not only a set that covers all" };
        var limit = new Option<int>("--limit") { Description = "With --all: at most so many of each definition", DefaultValueFactory = _ => 1_000 };
        AtLeastOne(limit, most: 1_000_000);
        var paths = new Command("paths", "Lists the ways from the start to an end, with the values that make a case go that way.") { path, all, limit };
        paths.SetAction(result =>
        {
            var output = result.InvocationConfiguration.Output;
            if (Read(result.GetRequiredValue(path).FullName, output) is not { } definitions)
            {
                return ExitCodes.Failed;
            }

            try
            {
                foreach (var definition in definitions)
                {
                    PathsOutput.Write(definition, result.GetValue(all) ? result.GetValue(limit) : null, output);
                }

                return ExitCodes.Ok;
            }
            catch (FlowTooWideException wide)
            {
                output.WriteLine(wide.Message);
                return ExitCodes.Failed;
            }
        });
        return paths;
    }

    private static Command Simulate()
    {
        var model = new SimulationModel();
        var path = PathArgument();
        var cases = new Option<int>("--cases") { Description = "How many cases of each definition", DefaultValueFactory = _ => 1_000 };
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same cases", DefaultValueFactory = _ => 1 };
        var readers = new Option<int>("--readers") { Description = "How many colleagues can be asked to read one case", DefaultValueFactory = _ => model.Readers };
        AtLeastOne(cases, most: 1_000_000);
        AtLeastOne(readers, most: 10_000);
        var simulate = new Command(
            "simulate",
            $"Plays definitions in fast time with made-up colleagues: how long, how many readers, where it waits. Assumed, not measured: {string.Join(' ', model.InWords)}")
        {
            path,
            cases,
            seed,
            readers,
        };
        simulate.SetAction(result =>
        {
            var output = result.InvocationConfiguration.Output;
            if (Read(result.GetRequiredValue(path).FullName, output) is not { } definitions)
            {
                return ExitCodes.Failed;
            }

            var chosen = model with { Readers = result.GetValue(readers) };
            foreach (var definition in definitions)
            {
                var report = FlowSimulation.Run(definition, chosen, result.GetValue(cases), result.GetValue(seed));
                SimulateOutput.Write(definition, report, chosen, result.GetValue(seed), output);
                output.WriteLine();
            }

            return ExitCodes.Ok;
        });
        return simulate;
    }

    private static void AtLeastOne(Option<int> option, int most) => option.Validators.Add(given =>
    {
        // Of what is no number at all the parser tells itself.
        if (given.Tokens is [var token] && int.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && (value < 1 || value > most))
        {
            given.AddError($"{option.Name} must be 1 to {most}.");
        }
    });

    private static Argument<FileSystemInfo> PathArgument()
    {
        var path = new Argument<FileSystemInfo>("path") { Description = "A definition, or a folder with definitions (*.json)." };
        path.AcceptExistingOnly();
        return path;
    }

    /// <returns>Null when there is a problem; it is on the output then.</returns>
    private static List<WorkflowDefinition>? Read(string path, TextWriter output)
    {
        if (Checked(path, output) is not { } found)
        {
            return null;
        }

        if (found.Definitions.IsEmpty)
        {
            output.WriteLine($"{path}: this is a method, not a workflow definition; it can be checked, and nothing else");
            return null;
        }

        return [.. found.Definitions];
    }

    /// <returns>Null when there is a problem; it is on the output then.</returns>
    private static CheckedDefinitions? Checked(string path, TextWriter output)
    {
        var found = DefinitionLibrary.Check(path);
        foreach (var problem in found.Problems)
        {
            output.WriteLine(problem);
        }

        if (found.Definitions.IsEmpty && found.Methods.IsEmpty && found.Problems.IsEmpty)
        {
            output.WriteLine($"{path}: no *.json here, nothing was checked");
            return null;
        }

        if (!found.Problems.IsEmpty)
        {
            output.WriteLine($"{found.Problems.Length} problem(s) found.");
            return null;
        }

        return found;
    }

    private static int Valid(CheckedDefinitions found, TextWriter output)
    {
        foreach (var definition in found.Definitions)
        {
            output.WriteLine($"{definition.DefinitionId} version {definition.Version}: valid, {definition.Nodes.Count} steps, sha256 {definition.Sha256}");
            Notes(definition, output);
        }

        foreach (var method in found.Methods)
        {
            output.WriteLine($"method {method.Id} version {method.Version}: valid, {method.Phases.Length} phases, sha256 {method.Sha256}");
        }

        return ExitCodes.Ok;
    }

    private static void Notes(WorkflowDefinition definition, TextWriter output)
    {
        try
        {
            foreach (var connection in FlowPaths.NeverTaken(definition))
            {
                output.WriteLine($"  {connection.Source}: note: no case ever leaves by '{connection.Port}', whatever the values; look at the condition before it");
            }
        }
        catch (FlowTooWideException wide)
        {
            output.WriteLine($"  note: whether every way is taken was not looked at: {wide.Message}");
        }
    }

    private static string Picture(WorkflowDefinition definition, bool svg, bool plain)
    {
        var texts = new FlowTextsInEnglish();
        return svg ? FlowSvg.Document(definition, texts) : $"{texts.Title(definition)}\n\n{FlowText.Draw(definition, texts, plain)}\n";
    }

    private static bool CanDraw(Encoding encoding) => encoding is UTF8Encoding or UnicodeEncoding;
}
