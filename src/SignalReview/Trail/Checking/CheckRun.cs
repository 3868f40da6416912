using SignalReview.Storage;

namespace SignalReview.Trail.Checking;

/// <summary>What the parts of one check share.</summary>
internal sealed class CheckRun(DbSession db, KeyRing keys, CheckpointSigner signer)
{
    /// <summary>How many rows are read at once.</summary>
    public const int Page = 500;

    /// <summary>So many findings are kept; more are counted.</summary>
    public const int Most = 1000;

    private readonly List<TrailFinding> findings = [];

    public DbSession Db => db;

    public KeyRing Keys => keys;

    public CheckpointSigner Signer => signer;

    public IReadOnlyList<TrailFinding> Findings => findings;

    public long FindingCount { get; private set; }

    /// <summary>The leaves as they were read; those that are there.</summary>
    public Frontier Frontier { get; } = Frontier.Empty;

    /// <summary>A leaf is missing or cannot be read: from there on every hash is another one, and says nothing.</summary>
    public bool TreeBroken { get; set; }

    public void Add(TrailFinding finding)
    {
        FindingCount++;
        if (findings.Count < Most)
        {
            findings.Add(finding);
        }
    }

    /// <summary>What a value that is none of its column's kind makes the database layer throw.</summary>
    public static bool IsUnreadable(Exception e) =>
        e is System.Data.DataException or FormatException or InvalidCastException or ArgumentException or OverflowException or InvalidOperationException;

    /// <summary>Rows of a small table; one that cannot be read is told of.</summary>
    public async Task<IReadOnlyList<T>> RowsAsync<T>(string query, object? args, TrailFault fault, string table, CancellationToken ct)
    {
        try
        {
            return await db.QueryAsync<T>(query, args, ct);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            Add(new(fault, table, "a row", Detail: e.Message));
            return [];
        }
    }
}
