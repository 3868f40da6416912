using System.CommandLine;
using System.Globalization;
using SignalReview.Demo;
using Spectre.Console;

namespace SignalReview.Cli.Demo;

/// <summary>
/// <c>signalreview demo run --url URL</c>: plays the twelve demo cases on a running server and verifies each one's trail. Exit code 0 only
/// when all went as the data say.
/// </summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var url = ServerOption.Create();
        var only = new Option<string?>("--only") { Description = "One case, for instance DEMO-02" };
        var run = new Command("run", "Plays the demo cases from submission to look back, through the API and the hub") { url, only };
        run.SetAction((parsed, ct) => RunAsync(parsed.GetRequiredValue(url), parsed.GetValue(only), ct));
        return new Command("demo", "The twelve demo cases") { run };
    }

    private static async Task<int> RunAsync(Uri url, string? only, CancellationToken ct)
    {
        var cases = DemoCases.Load().Cases.Where(c => only is null || c.Key == only).ToList();
        if (cases.Count == 0)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]There is no demo case {only}.[/]");
            return ExitCodes.Usage;
        }

        var table = new Table().AddColumns("Case", "Readings", "Rounds", "Outcome", "Dissent", "Events", "Trail", "As the data say");
        var failed = 0;
        await using var door = new HttpDoor(url, TimeProvider.System);
        foreach (var demo in cases)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]{demo.Key}[/] {demo.Signal.Title}");
            var report = await DemoReport.PlayAsync(demo, door, line => AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  {line}"), ct);
            table.AddRow(report.Cells());
            failed += report.Problem is null ? 0 : 1;
        }

        AnsiConsole.Write(table);
        return failed == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }
}
