using System.Globalization;
using System.Text.Json;
using SignalReview.Storage;

namespace SignalReview.Trail.Signing;

/// <summary>What does not fit between the database and what was signed.</summary>
public enum TrailAlarmKind
{
    /// <summary>There are fewer events than were signed for: an older state of the database was put back.</summary>
    RolledBack,

    /// <summary>The events that were signed for are others now.</summary>
    Rewritten,

    /// <summary>An event's row no longer says what its hash says.</summary>
    EventChanged,

    /// <summary>Hashes of the tree are missing or wrong.</summary>
    TreeDamaged,

    /// <summary>What the signer remembers was changed.</summary>
    MemoryChanged,
}

/// <summary>Something that somebody must look into. It stays until somebody says what was found.</summary>
/// <param name="Id">Names it for good.</param>
/// <param name="Kind">What does not fit.</param>
/// <param name="RaisedAt">When it was found.</param>
/// <param name="SignedSize">For how many events was signed last.</param>
/// <param name="FoundSize">How many there were when it was found.</param>
/// <param name="LeafIndex">The first event that it is about, where it is about one.</param>
/// <param name="Detail">In English, for the log.</param>
/// <param name="Checkpoint">The signed note that the database does not fit.</param>
public sealed record TrailAlarm(
    Guid Id, TrailAlarmKind Kind, DateTimeOffset RaisedAt, long SignedSize, long FoundSize, long? LeafIndex, string Detail, string? Checkpoint)
{
    /// <summary>Whether it stands in the trail that it was raised.</summary>
    public bool Recorded { get; init; }
}

/// <summary>
/// The alarms, beside the signer's memory and so outside the database: a database that is put back cannot take them along. One open alarm a kind.
/// Writing is done under the signer's lock.
/// </summary>
internal sealed class TrailAlarms(SignerState state)
{
    private const string Open = "open-";
    private const string Closed = "closed-";

    /// <summary>The open ones, oldest first.</summary>
    public IReadOnlyList<TrailAlarm> Read() =>
        [.. Directory.EnumerateFiles(state.Alarms, $"{Open}*.json").Select(TryRead).OfType<TrailAlarm>().OrderBy(a => a.RaisedAt)];

    /// <returns>Null when it is open already, or somebody said before what it is.</returns>
    public TrailAlarm? Raise(TrailDamage damage, string detail, string? checkpoint, DateTimeOffset now)
    {
        if (File.Exists(PathOf(damage.Kind)) || IsKnown(damage))
        {
            return null;
        }

        var alarm = new TrailAlarm(Guid.CreateVersion7(now), damage.Kind, now, damage.SignedSize, damage.FoundSize, damage.LeafIndex, detail, checkpoint);
        Save(alarm);
        return alarm;
    }

    public void Save(TrailAlarm alarm) => KeyFile.Replace(PathOf(alarm.Kind), JsonSerializer.Serialize(alarm, TrailJson.Options));

    /// <summary>Somebody has said what it is: it is kept, and no longer open.</summary>
    public void Close(TrailAlarm alarm, DateTimeOffset now)
    {
        var at = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        File.Move(PathOf(alarm.Kind), Path.Combine(state.Alarms, $"{Closed}{at}-{Enums.Text(alarm.Kind)}-{alarm.Id:N}.json"));
    }

    /// <summary>Damage to one event that was looked into and could not be mended does not raise the same alarm each day.</summary>
    private bool IsKnown(TrailDamage damage) =>
        damage is { Kind: TrailAlarmKind.EventChanged or TrailAlarmKind.TreeDamaged, LeafIndex: not null }
        && Directory.EnumerateFiles(state.Alarms, $"{Closed}*-{Enums.Text(damage.Kind)}-*.json")
            .Select(TryRead)
            .Any(known => known?.LeafIndex == damage.LeafIndex);

    private string PathOf(TrailAlarmKind kind) => Path.Combine(state.Alarms, $"{Open}{Enums.Text(kind)}.json");

    private static TrailAlarm? TryRead(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<TrailAlarm>(KeyFile.Read(path), TrailJson.Options);
        }
        catch (FileNotFoundException)
        {
            return null; // closed a moment ago
        }
    }
}
