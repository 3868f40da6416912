namespace SignalReview.Web.Components.Kit;

public enum Tone
{
    Neutral,
    Info,
    Ok,
    Warning,
    Error,
}

public enum Emphasis
{
    /// <summary>The one thing this page is for.</summary>
    Primary,
    Secondary,
    Subtle,

    /// <summary>Takes something away, or is acute.</summary>
    Negative,
}

public enum StepState
{
    Done,
    Current,
    Next,
}

/// <param name="Hint">One short line under the label.</param>
public sealed record Option(string Value, string Label, string? Hint = null);

/// <param name="Due">By when, where that is known.</param>
public sealed record Step(string Title, StepState State, string? Detail = null, DateTimeOffset? Due = null);

/// <param name="Href">Where the step can be opened; null when it cannot yet.</param>
public sealed record WizardStep(string Title, string? Href);

/// <param name="Cell">What stands in the column for one row.</param>
/// <param name="RowHeader">The cell names its row.</param>
public sealed record Column<TRow>(
    string Title, Microsoft.AspNetCore.Components.RenderFragment<TRow> Cell, bool RowHeader = false, bool Numeric = false);
