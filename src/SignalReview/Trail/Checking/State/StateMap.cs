namespace SignalReview.Trail.Checking.State;

/// <summary>
/// Which events say what stands in which column of the state: for every table that a decision, a vote, a reading, who took part, an erasure or an
/// export can be read from. <see cref="TrailCheck"/> replays the events by it and holds the rows against what comes out. What no event says stands
/// in <see cref="NotHeld"/>, with why; a test holds both against the schema, so a column that is added is in one of them or the build is red.
/// </summary>
internal static partial class StateMap
{
    public static IReadOnlyList<StateTable> Tables { get; } = [.. CaseTables, .. RoomTables, .. DecisionTables, .. DeskTables];

    private static readonly IReadOnlyList<Effect> All = [.. CaseEffects(), .. ReadingEffects(), .. RoomEffects(), .. VoteEffects(), .. DecisionEffects(), .. PrivacyEffects(), .. AuditEffects()];

    private static readonly ILookup<string, Effect> ByType = All.ToLookup(e => e.Type, StringComparer.Ordinal);

    private static readonly Dictionary<string, IReadOnlyList<string>> ByTable = Tables.ToDictionary(
        t => t.Name,
        t => (IReadOnlyList<string>)[.. t.Key, .. All.Where(e => e.Table == t.Name).SelectMany(e => e.Columns).Distinct(StringComparer.Ordinal).Except(t.Key, StringComparer.Ordinal)],
        StringComparer.Ordinal);

    /// <summary>In the order in which they happen.</summary>
    public static IEnumerable<Effect> Of(string type) => ByType[type];

    /// <summary>The columns of a table that are held against the events; the key first.</summary>
    public static IReadOnlyList<string> Columns(StateTable table) => ByTable[table.Name];

    private static Col C(string name, Source source) => new(name, source);

    private static Source Is(Claim claim) => _ => claim;
}
