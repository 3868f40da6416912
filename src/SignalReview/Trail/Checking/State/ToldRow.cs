namespace SignalReview.Trail.Checking.State;

/// <summary>A row as the events tell it.</summary>
internal sealed class ToldRow(Guid? cause)
{
    private readonly Dictionary<string, (object? Value, Guid Event)> columns = new(StringComparer.Ordinal);

    /// <summary>The command that brought it.</summary>
    public Guid? Cause => cause;

    /// <summary>An erased body may have told that it went.</summary>
    public bool MayBeGone { get; set; }

    public IEnumerable<string> Columns => columns.Keys;

    /// <returns>What it must hold, and by which event; <see cref="Unknown"/> for a column of which nothing was told.</returns>
    public (object? Value, Guid? Event) this[string column] => columns.TryGetValue(column, out var told) ? (told.Value, told.Event) : (Unknown.Value, null);

    public void Set(string column, object? value, Guid by) => columns[column] = (value, by);
}

/// <summary>Whether a row is the one that is meant; an erased body leaves that open.</summary>
internal enum Match
{
    No,
    Perhaps,
    Yes,
}

/// <summary>Which rows an event is about.</summary>
internal delegate Match Where(Told told, ToldRow row);

internal static class Rows
{
    public static readonly Where All = (_, _) => Match.Yes;

    public static Where With(string column, Source source) => (told, row) => Same(row[column].Value, source(told));

    public static Where Empty(string column) => (_, row) => Same(row[column].Value, null);

    public static Where In(string column, params string[] values) => (_, row) => Any(row[column].Value, values);

    public static Where Less(string column, Source source) => (told, row) => (row[column].Value, source(told)) switch
    {
        (long number, long other) => number < other ? Match.Yes : Match.No,
        _ => Match.Perhaps,
    };

    public static Where Not(Where where) => (told, row) => where(told, row) switch { Match.Yes => Match.No, Match.No => Match.Yes, _ => Match.Perhaps };

    public static Where Both(params Where[] all) => (told, row) => all.Select(where => where(told, row)).Min();

    private static Match Same(object? one, object? other) =>
        one is Unknown or Claim || other is Unknown or Claim ? Match.Perhaps : Equals(one, other) ? Match.Yes : Match.No;

    private static Match Any(object? value, string[] values) =>
        value is Unknown or Claim ? Match.Perhaps : value is string text && values.Contains(text, StringComparer.Ordinal) ? Match.Yes : Match.No;
}
