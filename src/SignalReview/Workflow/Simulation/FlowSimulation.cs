using System.Collections.Immutable;

namespace SignalReview.Workflow.Simulation;

/// <summary>Of so many cases: half of them at most the median, nine in ten at most the other.</summary>
internal sealed record Quantiles(double Median, double P90, double Mean)
{
    public static Quantiles Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? new(0, 0, 0) : new(At(sorted, 0.5), At(sorted, 0.9), sorted.Average());
    }

    // The nearest rank: a value that really occurred.
    private static double At(List<double> sorted, double part) => sorted[Math.Max(0, (int)Math.Ceiling(part * sorted.Count) - 1)];
}

/// <param name="Working">In working hours.</param>
/// <param name="Wall">In hours of the clock.</param>
internal sealed record Span(Quantiles Working, Quantiles Wall);

/// <param name="PerCase">How often a case comes there.</param>
/// <param name="Share">Of all waiting of all cases, in working hours: 0 to 1.</param>
/// <param name="Wait">One visit, in working hours.</param>
/// <param name="Reminders">How many a case.</param>
/// <param name="Outcomes">How often it ended so, a case.</param>
internal sealed record NodeLoad(
    string Node, string Activity, double PerCase, double Share, Quantiles Wait, double Reminders, ImmutableSortedDictionary<string, double> Outcomes);

/// <param name="Endless">Cases that never came to an end; the other numbers are without them.</param>
/// <param name="ToApproval">From the start to the approval of the decision.</param>
/// <param name="ToEnd">From the start to the end, with the look back.</param>
internal sealed record SimulationReport(
    int Cases, int Endless, Span ToApproval, Span ToEnd, Quantiles Asked, Quantiles Readings, ImmutableArray<NodeLoad> Nodes);

/// <summary>Plays many cases of a definition with made-up colleagues in no time and without a database.</summary>
internal static class FlowSimulation
{
    public static SimulationReport Run(WorkflowDefinition definition, SimulationModel model, int cases, int seed)
    {
        var played = Enumerable.Range(0, cases).Select(number => SimulatedCase.Play(definition, model, seed, number)).ToList();
        var done = played.Where(c => c.Finished).ToList();
        var total = done.Sum(c => c.Steps.Sum(s => Working(model, s)));
        return new(
            cases,
            cases - done.Count,
            Measure(model, done.Where(c => c.ApprovedAt is not null).Select(c => (c.StartedAt, c.ApprovedAt!.Value))),
            Measure(model, done.Select(c => (c.StartedAt, c.EndedAt))),
            Quantiles.Of(done.Select(c => (double)c.Asked)),
            Quantiles.Of(done.Select(c => (double)c.Readings)),
            [
                .. done.SelectMany(c => c.Steps).GroupBy(s => (s.Node, s.Activity))
                    .Select(visits => Load(model, visits.Key.Node, visits.Key.Activity, [.. visits], done.Count, total))
                    .OrderByDescending(n => n.Share).ThenBy(n => n.Node, StringComparer.Ordinal),
            ]);
    }

    private static NodeLoad Load(SimulationModel model, string node, string activity, List<SimulatedStep> visits, int cases, double total) => new(
        node,
        activity,
        (double)visits.Count / cases,
        total > 0 ? visits.Sum(v => Working(model, v)) / total : 0,
        Quantiles.Of(visits.Select(v => Working(model, v))),
        (double)visits.Count(v => v.Reminded) / cases,
        visits.CountBy(v => v.Outcome, StringComparer.Ordinal).ToImmutableSortedDictionary(o => o.Key, o => (double)o.Value / cases, StringComparer.Ordinal));

    private static Span Measure(SimulationModel model, IEnumerable<(DateTimeOffset From, DateTimeOffset To)> spans)
    {
        var measured = spans.ToList();
        return new(
            Quantiles.Of(measured.Select(s => WorkingTime.Between(model.Calendar, s.From, s.To).TotalHours)),
            Quantiles.Of(measured.Select(s => (s.To - s.From).TotalHours)));
    }

    private static double Working(SimulationModel model, SimulatedStep step) => WorkingTime.Between(model.Calendar, step.AskedAt, step.At).TotalHours;
}
