using System.Text.Json;

namespace SignalReview.Trail.Checking.State;

/// <summary>What an event of one type does to one table.</summary>
internal abstract record Effect(string Type, string Table)
{
    /// <summary>The columns that it says something of.</summary>
    public virtual IEnumerable<string> Columns => [];

    public abstract void Apply(Told told, ToldTable table);

    protected static void Set(ToldRow row, IEnumerable<Col> columns, Told told, bool surely)
    {
        foreach (var column in columns)
        {
            var value = column.Source(told);
            if (value != From.Standing)
            {
                row.Set(column.Name, surely ? value : Unknown.Value, told.Header.Id);
            }
        }
    }
}

/// <summary>A row comes.</summary>
internal sealed record Adds(string Type, string Table, IReadOnlyList<Col> Told, string? Each = null) : Effect(Type, Table)
{
    public override IEnumerable<string> Columns => Told.Select(c => c.Name);

    public override void Apply(Told told, ToldTable table)
    {
        if (Each is null)
        {
            Add(told, table, Told);
        }
        else if (told.Body is not { } body)
        {
            table.IsOpen = true; // how many there were is not known any more
        }
        else if (From.Find(body, Each) is { ValueKind: JsonValueKind.Array } list)
        {
            foreach (var (index, item) in list.EnumerateArray().Index())
            {
                Add(told with { Item = item, Index = index }, table, Told);
            }
        }
    }

    internal static void Add(Told told, ToldTable table, IEnumerable<Col> columns)
    {
        var row = new ToldRow(told.Header.Cause);
        Set(row, columns, told, surely: true);
        table.Add(row);
    }
}

/// <summary>Rows change.</summary>
internal sealed record Changes(string Type, string Table, Where Where, IReadOnlyList<Col> Told) : Effect(Type, Table)
{
    public override IEnumerable<string> Columns => Told.Select(c => c.Name);

    public override void Apply(Told told, ToldTable table) => Change(told, table, Where, Told);

    internal static bool Change(Told told, ToldTable table, Where where, IReadOnlyList<Col> columns)
    {
        var any = false;
        foreach (var row in table.Rows)
        {
            var match = where(told, row);
            any |= match != Match.No;
            if (match != Match.No)
            {
                Set(row, columns, told, match == Match.Yes);
            }
        }

        return any;
    }
}

/// <summary>Rows change, or the first of them comes.</summary>
internal sealed record AddsOrChanges(string Type, string Table, Where Where, IReadOnlyList<Col> Changed, IReadOnlyList<Col> Added) : Effect(Type, Table)
{
    public override IEnumerable<string> Columns => Changed.Concat(Added).Select(c => c.Name);

    public override void Apply(Told told, ToldTable table)
    {
        var perhaps = table.Rows.Any(row => Where(told, row) == Match.Perhaps);
        if (!Changes.Change(told, table, Where, Changed))
        {
            Adds.Add(told, table, Added);
        }
        else if (perhaps)
        {
            table.IsOpen = true; // it may be that row, or another
        }
    }
}

/// <summary>Rows go.</summary>
internal sealed record Removes(string Type, string Table, Where Where) : Effect(Type, Table)
{
    public override void Apply(Told told, ToldTable table)
    {
        foreach (var row in table.Rows.ToList())
        {
            var match = Where(told, row);
            row.MayBeGone |= match == Match.Perhaps;
            if (match == Match.Yes)
            {
                table.Remove(row);
            }
        }
    }
}
