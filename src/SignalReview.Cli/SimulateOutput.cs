using System.Globalization;
using SignalReview.Workflow;
using SignalReview.Workflow.Simulation;

namespace SignalReview.Cli;

/// <summary>Shows what a simulation came to.</summary>
internal static class SimulateOutput
{
    public static void Write(WorkflowDefinition definition, SimulationReport report, SimulationModel model, int seed, TextWriter output)
    {
        var alone = report.Nodes.Where(n => n.Share >= 0.0005).ToList();
        Line(output, $"{definition.DefinitionId} version {definition.Version}: {report.Cases:N0} cases with made-up colleagues, seed {seed}");
        if (report.Endless > 0)
        {
            Line(output, $"{report.Endless:N0} of them went on for more than {model.MostSteps} steps and are left out below: some loop does not end.");
        }

        Line(output, $"");
        Line(output, $"{"",-34}{"working hours",20}{"days of the clock",20}");
        Line(output, $"{"",-34}{"median",10}{"p90",10}{"median",10}{"p90",10}");
        Write(output, "From start to approved decision", report.ToApproval);
        Write(output, "From start to the end", report.ToEnd);
        Line(output, $"");
        Line(output, $"{"Readers asked for a case",-34}{report.Asked.Median,10:0}{report.Asked.P90,10:0}   mean {report.Asked.Mean:0.0}");
        Line(output, $"{"Readings that came in",-34}{report.Readings.Median,10:0}{report.Readings.P90,10:0}   mean {report.Readings.Mean:0.0}");
        Line(output, $"");
        Line(output, $"Where it waits, in working hours{"share",12}{"visits/case",14}{"median",10}{"p90",10}{"reminders/case",17}");
        foreach (var node in alone)
        {
            Line(output, $"  {node.Node,-30}{node.Share,12:P1}{node.PerCase,14:0.00}{node.Wait.Median,10:0.0}{node.Wait.P90,10:0.0}{node.Reminders,17:0.00}");
        }

        Line(output, $"");
        Line(output, $"Deadlines and escalations in 100 cases");
        foreach (var node in report.Nodes.OrderBy(n => n.Node, StringComparer.Ordinal))
        {
            foreach (var outcome in node.Outcomes.Where(o => o.Key is "Deadline" or "Quorum" or "TooFew" || node.Activity == "Escalate"))
            {
                Line(output, $"  {(node.Activity == "Escalate" ? node.Node : $"{node.Node} by {outcome.Key}"),-44}{100 * outcome.Value,8:0.0}");
            }
        }

        Line(output, $"");
        Line(output, $"Assumed, not measured:");
        foreach (var assumption in model.InWords)
        {
            Line(output, $"  {assumption}");
        }
    }

    private static void Write(TextWriter output, string name, Span span) => Line(
        output, $"{name,-34}{span.Working.Median,10:0.0}{span.Working.P90,10:0.0}{span.Wall.Median / 24,10:0.0}{span.Wall.P90 / 24,10:0.0}");

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture).TrimEnd());
}
