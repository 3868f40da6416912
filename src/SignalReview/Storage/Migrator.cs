using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace SignalReview.Storage;

/// <summary>
/// Brings a database to the schema of this version: each script of db/migrations once, in order, in a transaction of its own together
/// with its row in <c>schema_migrations</c>. Several processes may do so at once.
/// </summary>
internal sealed partial class Migrator(IDatabase database, TimeProvider time, ILogger<Migrator> logger)
{
    private const int Attempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private SqlDialect Dialect => Enum.Parse<SqlDialect>(database.Provider);

    /// <summary>The names of the scripts that this call applied.</summary>
    /// <exception cref="MigrationException">A released script was edited, is missing or came too late; the message says what to do.</exception>
    public Task<IReadOnlyList<string>> MigrateAsync(CancellationToken ct) => MigrateAsync(MigrationScript.Embedded(Dialect), ct);

    /// <inheritdoc cref="MigrateAsync(CancellationToken)"/>
    public async Task<IReadOnlyList<string>> MigrateAsync(IReadOnlyList<MigrationScript> scripts, CancellationToken ct)
    {
        await RetryAsync(EnsureJournalAsync, ct);
        List<string> done = [];
        while (await RetryAsync(token => ApplyNextAsync(scripts, token), ct) is { Script: not null } step)
        {
            if (step.AppliedHere)
            {
                Applied(step.Script);
                done.Add(step.Script);
            }
        }

        return done;
    }

    private async Task<Step> ApplyNextAsync(IReadOnlyList<MigrationScript> scripts, CancellationToken ct)
    {
        var next = Next(scripts, await ReadJournalAsync(ct));
        if (next is null)
        {
            return new(null, AppliedHere: false);
        }

        await using var session = await database.BeginAsync(ct);
        try
        {
            // The row comes first: another process that is at the same script waits here, and then loses on the primary key.
            await session.ExecuteAsync("storage/record_migration", new { next.Number, next.Name, next.Sha256, AppliedAt = time.GetUtcNow() }, ct);
        }
        catch (DbException e) when (database.IsUniqueViolation(e))
        {
            return new(next.Name, AppliedHere: false);
        }

        foreach (var batch in next.Batches)
        {
            await session.ExecuteScriptAsync(batch, ct);
        }

        await session.CommitAsync(ct);
        return new(next.Name, AppliedHere: true);
    }

    private static MigrationScript? Next(IReadOnlyList<MigrationScript> scripts, IReadOnlyList<JournalRow> journal)
    {
        var byNumber = scripts.ToDictionary(s => s.Number);
        foreach (var row in journal)
        {
            if (!byNumber.TryGetValue(row.Number, out var script))
            {
                throw new MigrationException(
                    $"The database has had migration {row.Name}, which this version does not know. Start the version that made it, or a newer one; "
                    + "or put the script back if it was deleted.");
            }

            if (script.Sha256 != row.Sha256)
            {
                throw new MigrationException(
                    $"The migration {script.Name} was edited after it had been applied to this database on {DbValues.TimeText(row.AppliedAt)}. "
                    + "Put the released script back, and make the change in a new script with the next number.");
            }
        }

        var last = journal.Count == 0 ? 0 : journal[^1].Number;
        var next = scripts.FirstOrDefault(s => journal.All(r => r.Number != s.Number));
        return next is null || next.Number > last
            ? next
            : throw new MigrationException(
                $"The migration {next.Name} was not applied, but the later {journal[^1].Name} was. Give the new script the next free number.");
    }

    private async Task<IReadOnlyList<JournalRow>> ReadJournalAsync(CancellationToken ct)
    {
        await using var session = await database.OpenReadAsync(ct);
        return await session.QueryAsync<JournalRow>("storage/list_migrations", null, ct);
    }

    private async Task<bool> EnsureJournalAsync(CancellationToken ct)
    {
        if (await HasJournalAsync(ct))
        {
            return true;
        }

        try
        {
            await using var session = await database.BeginAsync(ct);
            await session.ExecuteScriptAsync(MigrationScript.Journal(Dialect), ct);
            await session.CommitAsync(ct);
        }
        catch (DbException e) when (!database.IsTransient(e))
        {
            // Another process made it in between. Anything else is a real error.
            if (!await HasJournalAsync(ct))
            {
                throw;
            }
        }

        return true;
    }

    private async Task<bool> HasJournalAsync(CancellationToken ct)
    {
        await using var session = await database.OpenReadAsync(ct);
        return await session.ScalarAsync<int>("storage/journal_exists", null, ct) == 1;
    }

    private async Task<T> RetryAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work(ct);
            }
            catch (DbException e) when (attempt < Attempts && database.IsTransient(e))
            {
                Waiting(attempt, e);
                await Task.Delay(Pause, time, ct);
            }
        }
    }

    private sealed record Step(string? Script, bool AppliedHere);

    private sealed record JournalRow
    {
        public required int Number { get; init; }

        public required string Name { get; init; }

        public required string Sha256 { get; init; }

        public required DateTimeOffset AppliedAt { get; init; }
    }
}

/// <summary>The database and the scripts of this version do not fit together; nothing was changed.</summary>
internal sealed class MigrationException(string message) : Exception(message);
