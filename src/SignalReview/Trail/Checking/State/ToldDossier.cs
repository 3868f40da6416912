using System.Text.Json;
using SignalReview.Storage;

namespace SignalReview.Trail.Checking.State;

/// <summary>The rows of one table in one dossier, as the events tell them.</summary>
internal sealed class ToldTable
{
    private readonly List<ToldRow> rows = [];

    public IReadOnlyList<ToldRow> Rows => rows;

    /// <summary>Bodies that told of rows were erased: there may be more of them, or fewer.</summary>
    public bool IsOpen { get; set; }

    public void Add(ToldRow row) => rows.Add(row);

    public void Remove(ToldRow row) => rows.Remove(row);
}

/// <summary>What the events of one dossier tell of the state, event by event.</summary>
/// <param name="keepsTimes">Whether to remember when something happened in it.</param>
internal sealed class ToldDossier(bool keepsTimes)
{
    private readonly Dictionary<string, ToldTable> tables = new(StringComparer.Ordinal);
    private readonly HashSet<string> times = new(StringComparer.Ordinal);

    public IReadOnlySet<string> Times => times;

    public ToldTable this[string table] => tables.TryGetValue(table, out var told) ? told : tables[table] = new();

    /// <param name="header">The next event.</param>
    /// <param name="body">Null when it was erased, or cannot be opened.</param>
    public void Add(EventHeader header, JsonElement? body)
    {
        if (keepsTimes)
        {
            times.Add(DbValues.TimeText(header.At));
        }

        foreach (var effect in StateMap.Of(header.Type))
        {
            effect.Apply(new(header, body, this), this[effect.Table]);
        }
    }
}
