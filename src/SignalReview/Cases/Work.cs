using System.Text.Json;
using SignalReview.People;
using SignalReview.Rooms.Anonymous;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Workflow;

namespace SignalReview.Cases;

/// <summary>
/// One unit of work on one case: an open write transaction that holds the case, the events it will append, and the workflow steps it
/// has completed. State is written as the use case goes; events, receipt and outbox when <see cref="CommandRunner"/> commits.
/// </summary>
internal sealed class Work(DbSession db, Dossier opened, Actor actor, Guid commandId, DateTimeOffset now) : IDisposable
{
    private readonly List<PendingEvent> events = [];
    private readonly Queue<(StepCompletion Completion, bool WasOpen)> completions = new();
    private readonly List<Action> afterCommit = [];
    private Dossier dossier = opened;
    private CaseFile? file;

    public DbSession Db => db;

    public Dossier Dossier => dossier;

    public Actor Actor => actor;

    public PersonId Me => actor.Person;

    public DateTimeOffset Now => now;

    public Guid CommandId => commandId;

    public CaseId Case => dossier.Id;

    public IReadOnlyList<PendingEvent> Events => events;

    /// <summary>The case as it stood at the last load; <see cref="ReloadAsync"/> after writing what a later rule must see.</summary>
    public CaseFile File => file ?? throw new InvalidOperationException("The case was not loaded.");

    /// <summary>The facilitator reveals before all are in, with a reason.</summary>
    public bool EarlyReveal { get; set; }

    /// <summary>The keys of open urns.</summary>
    public required UrnKeys Urns { get; init; }

    /// <summary>
    /// What this command says must not be found with who gave it: neither its receipt nor its refusal may tell anything of its content.
    /// </summary>
    public bool IsDetached { get; set; }

    /// <summary>After the commit the database forgets what it still holds of rows that were overwritten.</summary>
    public bool LeavesNoTrace { get; set; }

    /// <summary>The id of what the command made, for its receipt.</summary>
    public Guid? Created { get; set; }

    /// <summary>From here on under another key: what was written under the one before was erased in this unit of work.</summary>
    public void UseDossier(Dossier renewed)
    {
        dossier.Dispose();
        dossier = renewed;
    }

    /// <summary>Reads again what this unit of work has written; the claimed row keeps everybody else off the case.</summary>
    public async Task<CaseFile?> ReloadAsync(CancellationToken ct)
    {
        var written = db.TakeWritten();
        file = file is null ? await CaseStore.LoadAsync(db, Case, ct) : await CaseStore.RefreshAsync(db, file, written, ct);
        return file;
    }

    /// <summary>As it will be committed, when nothing is judged any more: only the case's own row, which tells its number and its phase.</summary>
    public async Task<CaseRow?> RowAsync(CancellationToken ct) => await db.FirstOrDefaultAsync<CaseRow>("cases/get", new { CaseId = Case }, ct);

    /// <summary>Remembers an event for the trail and gives its id, to which state rows point.</summary>
    public Guid Append<T>(string type, CaseRole role, T body) => Append(type, Enums.Text(role), actor.Person, body);

    /// <summary>As the product itself: what the workflow or the clock did.</summary>
    public Guid AppendAsSystem<T>(string type, T body) => Append(type, "system", PersonId.System, body);

    /// <summary>For what must not happen before the commit, and may be made good later when the process dies in between.</summary>
    public void AfterCommit(Action deed) => afterCommit.Add(deed);

    public void HasCommitted() => afterCommit.ForEach(deed => deed());

    public Guid NewId() => Guid.CreateVersion7(now);

    /// <summary>Tells the workflow that an open step is complete; carried out after the use case, before the commit.</summary>
    public void Complete(OpenStepRow step, string outcome, IReadOnlyDictionary<string, JsonElement>? outputs = null) =>
        completions.Enqueue((new(step.Node, outcome, outputs), true));

    /// <summary>Tells the workflow that a step which never waits was carried out.</summary>
    public void CompleteAsked(AskedStep step, string outcome, IReadOnlyDictionary<string, JsonElement>? outputs = null) =>
        completions.Enqueue((new(step.Node, outcome, outputs), false));

    public bool TryTakeCompletion(out StepCompletion completion, out bool wasOpen)
    {
        var taken = completions.TryDequeue(out var next);
        (completion, wasOpen) = next;
        return taken;
    }

    public Task<int> ExecuteAsync(string query, object args, CancellationToken ct) => db.ExecuteAsync(query, args, ct);

    public Task SetPhaseAsync(CasePhase phase, CancellationToken ct) =>
        db.ExecuteAsync("cases/set_phase", new { CaseId = Case, Phase = phase, Now = now }, ct);

    public void Dispose() => dossier.Dispose();

    private Guid Append<T>(string type, string role, PersonId person, T body)
    {
        var id = NewId();
        events.Add(new(id, type, person, role, TrailJson.Canonical(body)));
        return id;
    }
}
