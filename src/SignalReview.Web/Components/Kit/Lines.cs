namespace SignalReview.Web.Components.Kit;

/// <summary>The entries of a <see cref="ListField"/>: one a line, blank lines left out.</summary>
public static class Lines
{
    public static IReadOnlyList<string> Split(string? text)
        => text?.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    public static string Join(IEnumerable<string> entries) => string.Join('\n', entries);
}
