using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Privacy;

/// <summary>One unit of work at the privacy officer's desk: what it tells the trail, in its own dossier and in those of the cases it touches.</summary>
internal sealed class DeskWork(DbSession db, Dossier dossier, Actor actor, DateTimeOffset now) : IDisposable
{
    private readonly List<(Dossier Dossier, PendingEvent Event)> events = [];
    private readonly List<Dossier> others = [];

    public DbSession Db => db;

    public Dossier Dossier => dossier;

    public Actor Actor => actor;

    public PersonId Me => actor.Person;

    public DateTimeOffset Now => now;

    public IEnumerable<(Dossier Dossier, PendingEvent Event)> Events => events;

    /// <summary>The id of what the command made, for its receipt.</summary>
    public Guid? Created { get; set; }

    public Guid NewId() => Guid.CreateVersion7(now);

    public Guid Append<T>(string type, CaseRole role, T body) => Append(dossier, type, role, body);

    /// <summary>In the dossier of a case that this is about too.</summary>
    public Guid Append<T>(Dossier where, string type, CaseRole role, T body)
    {
        var id = NewId();
        events.Add((where, new(id, type, actor.Person, Enums.Text(role), TrailJson.Canonical(body))));
        return id;
    }

    /// <summary>Opens a case's dossier for as long as this unit of work lasts.</summary>
    /// <returns>Null when there is none.</returns>
    public async Task<Dossier?> OpenAsync(KeyRing keys, CaseId id, CancellationToken ct)
    {
        if (others.Find(d => d.Id == id) is { } open)
        {
            return open;
        }

        var opened = await Dossier.OpenAsync(db, keys, id, ct);
        if (opened is not null)
        {
            others.Add(opened);
        }

        return opened;
    }

    public void Dispose()
    {
        dossier.Dispose();
        others.ForEach(d => d.Dispose());
    }
}

/// <summary>
/// Runs a command that is about no single case: in the organisation's dossier, or in one of its own. State, trail and receipt are committed
/// together or not at all, and a refusal leaves nothing but its event, as with <see cref="CommandRunner"/>.
/// </summary>
internal sealed class DeskCommands(IDatabase database, KeyRing keys, TimeProvider time)
{
    private const int Attempts = 6;

    public delegate Task<Refusal?> Handler<in TCommand>(DeskWork work, TCommand command, CancellationToken ct);

    /// <param name="actor">Who.</param>
    /// <param name="where">The dossier; null makes a new one, whose id is the receipt's case.</param>
    /// <param name="command">What.</param>
    /// <param name="handle">Judges and writes; null when done. It may be run again from its start.</param>
    /// <param name="ct">The caller's token.</param>
    public async Task<CommandResult> RunAsync<TCommand>(Actor actor, CaseId? where, TCommand command, Handler<TCommand> handle, CancellationToken ct)
        where TCommand : ICommand
    {
        var place = where ?? CaseId.Organisation;
        if (command.CommandId == Guid.Empty)
        {
            return new(Refusal.Invalid(new FieldProblem("commandId", "required")), place);
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAsync(actor, where, command, handle, ct);
            }
            catch (DbException e) when (attempt < Attempts && (database.IsTransient(e) || database.IsUniqueViolation(e)))
            {
                // Somebody else was first, perhaps this very command from another window: judge again on what is there now.
                await Task.Delay(TimeSpan.FromMilliseconds(5 << attempt), time, ct);
            }
            catch (DbException e) when (database.IsTransient(e))
            {
                return new(Refusal.Busy, place);
            }
        }
    }

    private async Task<CommandResult> TryAsync<TCommand>(Actor actor, CaseId? where, TCommand command, Handler<TCommand> handle, CancellationToken ct)
        where TCommand : ICommand
    {
        var now = time.GetUtcNow().Truncate();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{typeof(TCommand).Name}\n{where}\n{JsonSerializer.Serialize(command, TrailJson.Options)}")));
        Refusal? refusal;
        await using (var db = await database.BeginAsync(ct))
        {
            if (await db.FirstOrDefaultAsync<ReceiptRow>("cases/receipt", new { command.CommandId }, ct) is { } receipt)
            {
                return receipt.PersonId == actor.Person && receipt.ContentHash == hash
                    ? new(null, receipt.CaseId, receipt.Seq, receipt.CreatedId)
                    : new(Refusal.CommandReused, where ?? CaseId.Organisation);
            }

            var dossier = where is { } id ? await Dossier.OpenAsync(db, keys, id, ct) : await Dossier.CreateAsync(db, keys, new(Guid.CreateVersion7(now)), ct);
            if (dossier is null)
            {
                refusal = Refusal.NotFound;
            }
            else
            {
                using var work = new DeskWork(db, dossier, actor, now);
                refusal = await handle(work, command, ct);
                if (refusal is null)
                {
                    return await CommitAsync(work, typeof(TCommand).Name, command.CommandId, hash, ct);
                }
            }
        }

        await RecordRefusalAsync(actor, where ?? CaseId.Organisation, command, refusal, now, ct);
        return new(refusal, where ?? CaseId.Organisation);
    }

    private static async Task<CommandResult> CommitAsync(DeskWork work, string kind, Guid command, string hash, CancellationToken ct)
    {
        await work.Db.ExecuteAsync(
            "cases/insert_receipt",
            new { CommandId = command, PersonId = work.Me, Kind = kind, ContentHash = hash, CaseId = work.Dossier.Id, Seq = 0L, CreatedId = work.Created, At = work.Now },
            ct);
        foreach (var group in work.Events.GroupBy(e => e.Dossier))
        {
            await TrailLog.AppendAsync(work.Db, group.Key, [.. group.Select(e => e.Event)], command, policy: null, work.Now, ct);
        }

        await work.Db.CommitAsync(ct);
        return new(null, work.Dossier.Id, 0, work.Created);
    }

    private async Task RecordRefusalAsync<TCommand>(Actor actor, CaseId where, TCommand command, Refusal refusal, DateTimeOffset now, CancellationToken ct)
        where TCommand : ICommand
    {
        await using var db = await database.BeginAsync(ct);
        using var dossier = await Dossier.OpenAsync(db, keys, where, ct) ?? await ReadLog.OrganisationAsync(db, keys, ct);
        var body = TrailJson.Canonical(new { command = typeof(TCommand).Name, code = refusal.Code, fields = refusal.Fields });
        await TrailLog.AppendAsync(
            db, dossier, [new(Guid.CreateVersion7(now), "command.refused", actor.Person, "requester", body)], command.CommandId, policy: null, now, ct);
        await db.CommitAsync(ct);
    }

    private sealed record ReceiptRow
    {
        public PersonId PersonId { get; init; }
        public string ContentHash { get; init; } = "";
        public CaseId CaseId { get; init; }
        public long Seq { get; init; }
        public Guid? CreatedId { get; init; }
    }
}
