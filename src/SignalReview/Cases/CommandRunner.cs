using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using SignalReview.People;
using SignalReview.Rooms.Anonymous;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Workflow;
using SignalReview.Workflow.Outside;

namespace SignalReview.Cases;

/// <summary>
/// Runs a command in one write transaction: state, workflow, trail, outbox and receipt are committed together or not at all.
/// </summary>
internal sealed partial class CommandRunner(
    IDatabase database, KeyRing keys, UrnKeys urns, WorkflowDriver workflow, EngineCatchUp engine, CommitSignal commits, TimeProvider time, ILogger<CommandRunner> logger)
{
    private const int Attempts = 6;

    /// <summary>Judges and writes; null when done. It may be run again from the start when the database was busy.</summary>
    public delegate Task<Refusal?> Handler<in TCommand>(Work work, TCommand command, CancellationToken ct);

    /// <summary>Runs a command on an existing case; an actor who may not know of the case is told that there is none.</summary>
    public Task<CommandResult> RunAsync<TCommand>(
        Actor actor, CaseId caseId, TCommand command, Handler<TCommand> handle, CancellationToken ct)
        where TCommand : ICommand =>
        RetryAsync(actor, caseId, create: false, command, handle, ct);

    /// <summary>Runs a command that opens a new case: the handler inserts its row.</summary>
    public Task<CommandResult> CreateAsync<TCommand>(Actor actor, TCommand command, Handler<TCommand> handle, CancellationToken ct)
        where TCommand : ICommand =>
        RetryAsync(actor, default, create: true, command, handle, ct);

    /// <summary>
    /// Runs a command that is no step of a case: on the organisation's dossier, or beside a case by somebody who has no part in it. No workflow is driven, no case
    /// is loaded, and who may do it is the handler's to judge.
    /// </summary>
    /// <param name="actor">Who.</param>
    /// <param name="dossier">Where its events stand.</param>
    /// <param name="command">What.</param>
    /// <param name="handle">Judges and writes.</param>
    /// <param name="ct">The caller's token.</param>
    public Task<CommandResult> RunBesideAsync<TCommand>(
        Actor actor, CaseId dossier, TCommand command, Handler<TCommand> handle, CancellationToken ct)
        where TCommand : ICommand =>
        RetryAsync(actor, dossier, create: false, command, handle, ct, beside: true);

    private async Task<CommandResult> RetryAsync<TCommand>(
        Actor actor, CaseId caseId, bool create, TCommand command, Handler<TCommand> handle, CancellationToken ct, bool beside = false)
        where TCommand : ICommand
    {
        if (command.CommandId == Guid.Empty)
        {
            return new(Refusal.Invalid(new FieldProblem("commandId", "required")), caseId);
        }

        if (!create && !beside && actor.Person != PersonId.System)
        {
            await engine.WaitAsync(caseId, ct);
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAsync(actor, caseId, create, beside, command, handle, ct);
            }
            catch (DbException e) when (attempt < Attempts && (database.IsTransient(e) || database.IsUniqueViolation(e)))
            {
                // Somebody else was first, perhaps this very command from another device: judge again on what is there now.
                LogRetry(logger, typeof(TCommand).Name, attempt, e);
                await Task.Delay(TimeSpan.FromMilliseconds(5 << attempt), time, ct);
            }
            catch (DbException e) when (database.IsTransient(e))
            {
                LogBusy(logger, typeof(TCommand).Name, e);
                return new(Refusal.Busy, caseId);
            }
        }
    }

    private async Task<CommandResult> TryAsync<TCommand>(
        Actor actor, CaseId caseId, bool create, bool beside, TCommand command, Handler<TCommand> handle, CancellationToken ct)
        where TCommand : ICommand
    {
        var now = time.GetUtcNow().Truncate();
        var hash = ContentHash(caseId, command);
        Refusal refusal;
        bool detached;
        await using (var db = await database.BeginAsync(ct))
        {
            if (await db.FirstOrDefaultAsync<ReceiptRow>("cases/receipt", new { command.CommandId }, ct) is { } receipt)
            {
                return receipt.PersonId == actor.Person && receipt.IsOf(hash, HashWithoutContent(caseId, command))
                    ? new(null, receipt.CaseId, receipt.Seq, receipt.CreatedId)
                    : new(Refusal.CommandReused, caseId);
            }

            using var work = beside
                ? await OpenBesideAsync(db, actor, caseId, command.CommandId, now, ct)
                : await OpenAsync(db, actor, caseId, create, command.CommandId, now, ct);
            if (work is null)
            {
                detached = false;
                refusal = Refusal.NotFound;
            }
            else if (!create && await IsErasedAsync(work, beside, ct))
            {
                detached = false;
                refusal = Refusal.Conflict("case-erased");
            }
            else if (await handle(work, command, ct) is { } no)
            {
                detached = work.IsDetached;
                refusal = no;
            }
            else if (beside)
            {
                await InsertReceiptAsync(work, typeof(TCommand).Name, hash, 0, ct);
                await AppendAsync(work.Db, work.Dossier, work.Events, work.CommandId, policy: null, work.Now, ct);
                commits.Notify(work.Case);
                return new(null, work.Case, 0, work.Created);
            }
            else
            {
                return await CommitAsync(work, typeof(TCommand).Name, work.IsDetached ? HashWithoutContent(caseId, command) : hash, ct);
            }
        }

        if (actor.Person == PersonId.System)
        {
            return new(refusal, caseId); // the clock lost a race: nobody was refused anything
        }

        var kept = detached ? refusal with { Fields = null } : refusal; // which fields a voter left empty tells what they were about to vote
        await RecordRefusalAsync(actor, create ? CaseId.Organisation : caseId, command, kept, now, ct);
        return new(refusal, caseId);
    }

    private async Task<Work?> OpenAsync(
        DbSession db, Actor actor, CaseId caseId, bool create, Guid commandId, DateTimeOffset now, CancellationToken ct)
    {
        if (create)
        {
            var id = new CaseId(Guid.CreateVersion7(now));
            return new(db, await Dossier.CreateAsync(db, keys, id, ct), actor, commandId, now) { Urns = urns };
        }

        if (await db.ExecuteAsync("cases/claim", new { CaseId = caseId }, ct) == 0)
        {
            return null;
        }

        var dossier = await Dossier.OpenAsync(db, keys, caseId, ct)
            ?? throw new InvalidOperationException($"Case {caseId} has no dossier.");
        var work = new Work(db, dossier, actor, commandId, now) { Urns = urns };
        var file = await work.ReloadAsync(ct);
        if (actor.Person != PersonId.System && file!.RolesOf(actor).Count == 0)
        {
            work.Dispose();
            return null; // do not reveal whether the case exists
        }

        return work;
    }

    /// <summary>Nothing is written any more in a case that was erased, beside it neither.</summary>
    private static async Task<bool> IsErasedAsync(Work work, bool beside, CancellationToken ct) => beside
        ? await work.Db.FirstOrDefaultAsync<CaseRow>("cases/get", new { CaseId = work.Case }, ct) is { ErasedAt: not null }
        : work.File.IsErased;

    private async Task<Work?> OpenBesideAsync(DbSession db, Actor actor, CaseId dossier, Guid commandId, DateTimeOffset now, CancellationToken ct) =>
        await Dossier.OpenAsync(db, keys, dossier, ct) is { } opened ? new(db, opened, actor, commandId, now) { Urns = urns } : null;

    private static Task<int> InsertReceiptAsync(Work work, string kind, string hash, long seq, CancellationToken ct) => work.ExecuteAsync(
        "cases/insert_receipt",
        new
        {
            work.CommandId,
            PersonId = work.Me,
            Kind = kind,
            ContentHash = hash,
            CaseId = work.Case,
            Seq = seq,
            CreatedId = work.Created,
            At = work.Now,
        },
        ct);

    private async Task<CommandResult> CommitAsync(Work work, string kind, string hash, CancellationToken ct)
    {
        await workflow.DriveAsync(work, ct);
        var row = await work.RowAsync(ct) ?? throw new InvalidOperationException($"{kind} left no case.");
        await InsertReceiptAsync(work, kind, hash, row.Seq, ct);
        if (row.Phase != CasePhase.Draft)
        {
            var news = new CaseNews([.. work.Events.Select(e => e.Type).Distinct(StringComparer.Ordinal)], work.Created);
            await work.ExecuteAsync(
                "cases/insert_outbox",
                new { CaseId = work.Case, row.Seq, Payload = JsonSerializer.Serialize(news, TrailJson.Options), At = work.Now },
                ct);
        }

        await AppendAsync(work.Db, work.Dossier, work.Events, work.CommandId, row.Workflow, work.Now, ct);
        await TidyAsync(work);
        commits.Notify(work.Case);
        return new(null, work.Case, row.Seq, work.Created);
    }

    /// <summary>What is left undone here, the next start does: the command was committed and is acknowledged.</summary>
    private async Task TidyAsync(Work work)
    {
        try
        {
            work.HasCommitted();
            if (work.LeavesNoTrace)
            {
                await database.ForgetOverwrittenAsync(CancellationToken.None);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DbException)
        {
            LogUntidy(logger, work.Case, e);
        }
    }

    /// <summary>The refused command's own transaction is gone; that it was refused, and why, is kept.</summary>
    private async Task RecordRefusalAsync<TCommand>(
        Actor actor, CaseId caseId, TCommand command, Refusal refusal, DateTimeOffset now, CancellationToken ct)
        where TCommand : ICommand
    {
        await using var db = await database.BeginAsync(ct);
        using var dossier = await Dossier.OpenAsync(db, keys, caseId, ct) ?? await Dossier.OpenAsync(db, keys, CaseId.Organisation, ct)
            ?? throw new InvalidOperationException("The organisation has no dossier; the database was not prepared.");
        var body = new RefusalBody(typeof(TCommand).Name, refusal.Code, refusal.Fields);
        var refused = new PendingEvent(Guid.CreateVersion7(now), "command.refused", actor.Person, "requester", TrailJson.Canonical(body));
        await AppendAsync(db, dossier, [refused], command.CommandId, policy: null, now, ct);
    }

    /// <exception cref="TrailNotWrittenException">The trail cannot be written. What only lost a race is the caller's to try again.</exception>
    private async Task AppendAsync(
        DbSession db, Dossier dossier, IReadOnlyList<PendingEvent> events, Guid? cause, string? policy, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            await TrailLog.AppendAsync(db, dossier, events, cause, policy, now, ct);
            await db.CommitAsync(ct);
        }
        catch (DbException e) when (!database.IsTransient(e) && !database.IsUniqueViolation(e))
        {
            throw new TrailNotWrittenException(e);
        }
    }

    private static string ContentHash<TCommand>(CaseId caseId, TCommand command)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(Encoding.UTF8.GetBytes($"{typeof(TCommand).Name}\n{caseId}\n"));
        sha.AppendData(JsonSerializer.SerializeToUtf8Bytes(command, TrailJson.Options));
        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    /// <summary>
    /// For a ballot that must not be found with its voter: held against the ballots of a revealed urn, a hash of its content would tell which one is
    /// theirs. The same command id with other content is then answered with the first receipt.
    /// </summary>
    private static string HashWithoutContent<TCommand>(CaseId caseId, TCommand command)
        where TCommand : ICommand =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{typeof(TCommand).Name}\n{caseId}\n{command.CommandId}\nwithout content")));

    private sealed record RefusalBody(string Command, string Code, IReadOnlyList<FieldProblem>? Fields);

    private sealed record ReceiptRow
    {
        public PersonId PersonId { get; init; }
        public string ContentHash { get; init; } = "";
        public CaseId CaseId { get; init; }
        public long Seq { get; init; }
        public Guid? CreatedId { get; init; }

        /// <summary>The hash was taken away when the case was erased: then any content is answered with the first receipt.</summary>
        public bool IsOf(string hash, string withoutContent) => ContentHash.Length == 0 || ContentHash == hash || ContentHash == withoutContent;
    }
}

/// <summary>
/// What an outbox row tells: which kinds of things happened, and the id of what was made. Everyone in the case's group gets it, so it
/// holds no person, no choice and no text.
/// </summary>
internal sealed record CaseNews(IReadOnlyList<string> Types, Guid? Created);
