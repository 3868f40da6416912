using System.Globalization;
using SignalReview.Workflow;
using SignalReview.Workflow.Preview;

namespace SignalReview.Cli;

/// <summary>Shows what a definition would have asked in a past case.</summary>
internal static class PreviewOutput
{
    public static void Write(WorkflowDefinition definition, PreviewResult result, TextWriter output)
    {
        var past = result.Past;
        Line(output, $"{definition.DefinitionId} version {definition.Version} on a case of {past.Policy}, {(past.Reopened ? "reopened" : "begun")} {past.StartedAt.UtcDateTime:yyyy-MM-dd}");
        if (!result.Compared)
        {
            Line(output, $"{past.Policy} is not at hand: only the steps are compared, not their settings. --old names its file.");
        }

        foreach (var step in result.Steps)
        {
            Line(output, $"  {Sign(step.Kind)} {step.Node}{(step.Outcome is { } outcome ? $": {outcome}" : "")}{Kind(step.Kind)}");
            foreach (var (input, before, after) in step.Changes)
            {
                Line(output, $"      {input}: {before ?? "none"} then, {after ?? "none"} now");
            }

            if (step.Doubt is not (PreviewDoubt.None or PreviewDoubt.End))
            {
                Line(output, $"      From here on it cannot be known: {Why(step.Doubt)}");
            }
        }

        Line(output, result.Unchanged
            ? (FormattableString)$"Nothing would have been asked otherwise."
            : $"{result.Count(PreviewKind.Same)} the same, {result.Count(PreviewKind.Different)} different, {result.Count(PreviewKind.NotAsked)} not asked, {result.Count(PreviewKind.New)} new, {result.Count(PreviewKind.Unknown)} not to be known.");
        Line(output, $"");
    }

    private static char Sign(PreviewKind kind) => kind switch
    {
        PreviewKind.Same => '=',
        PreviewKind.Different => '~',
        PreviewKind.NotAsked => '-',
        PreviewKind.New => '+',
        PreviewKind.Unknown => '?',
    };

    private static string Kind(PreviewKind kind) => kind switch
    {
        PreviewKind.Same => "",
        PreviewKind.Different => " (asked differently)",
        PreviewKind.NotAsked => " (would not be asked)",
        PreviewKind.New => " (new)",
        PreviewKind.Unknown => " (not to be known)",
    };

    private static string Why(PreviewDoubt doubt) => doubt switch
    {
        PreviewDoubt.None => "",
        PreviewDoubt.DeadlineSooner => "the step took longer than its new deadline.",
        PreviewDoubt.DeadlineLater => "the deadline came; by the new, later one more answers might have come.",
        PreviewDoubt.QuorumHigher => "fewer answers had come than the new quorum asks, so it would have been too few.",
        PreviewDoubt.QuorumLower => "as many answers had come as the new quorum asks, so it would have gone on.",
        PreviewDoubt.OutcomeGone => "the step cannot end so any more.",
        PreviewDoubt.OutputMissing => "the trail does not tell a number that the new version asks for.",
        PreviewDoubt.NewStep => "nobody knows how the new step would have ended.",
        PreviewDoubt.Erased => "the trail's content was erased or left out.",
        PreviewDoubt.End => "the past case ended here.",
    };

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
