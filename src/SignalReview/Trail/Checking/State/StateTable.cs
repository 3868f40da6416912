using SignalReview.Storage;

namespace SignalReview.Trail.Checking.State;

/// <summary>A table that is held against the events.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">What a row is recognised by: as a rule the event that brought it.</param>
internal sealed record StateTable(string Name, params string[] Key)
{
    /// <summary>Whose dossier tells of a row; null for the organisation's, which then tells of all.</summary>
    public string? Dossier { get; init; } = "case_id";

    /// <summary>In which table that column stands, when it is another one: its key's name is that of this table's column.</summary>
    public (string Table, string Key)? By { get; init; }

    /// <summary>Some rows come without an event, so one that nothing tells of is no damage.</summary>
    public bool MayBeUntold { get; init; }

    /// <summary>One statement a table, made of the names that this map holds: a column that is added to the map is read by itself.</summary>
    public SqlStatement Statement(IReadOnlyList<string> columns)
    {
        var where = (Dossier, By) switch
        {
            (null, _) => "",
            ({ } column, null) => $" WHERE {column} = @Dossier",
            ({ } column, { } by) => $" WHERE {by.Key} IN (SELECT {by.Key} FROM {by.Table} WHERE {column} = @Dossier)",
        };
        return new($"trail/state/{Name}", $"trail/state/{Name}", $"SELECT {string.Join(", ", columns)} FROM {Name}{where}");
    }

    /// <summary>Rows whose dossier is none. Null where a foreign row is reached through another table.</summary>
    public SqlStatement? Strays() => Dossier is { } column && By is null
        ? new(
            $"trail/strays/{Name}",
            $"trail/strays/{Name}",
            $"SELECT {column} FROM {Name} t WHERE {column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM dossiers d WHERE d.case_id = t.{column})")
        : null;
}
