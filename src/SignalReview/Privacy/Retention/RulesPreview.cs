using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Privacy.Retention;

/// <summary>What other rules would change in one case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Rule">That would hold.</param>
/// <param name="DueOn">By the rules that hold now; null: it cannot be told.</param>
/// <param name="WouldBeDueOn">By the others.</param>
/// <param name="RuleBefore">That holds now; null: nothing was reckoned yet.</param>
public sealed record PreviewItem(CaseId Case, string? RuleBefore, string Rule, DateOnly? DueOn, DateOnly? WouldBeDueOn);

/// <param name="Rules">"id@version" of the rules that were loaded.</param>
/// <param name="Name">What they are called.</param>
/// <param name="Sha256">Of their file.</param>
/// <param name="State">Where they stand.</param>
/// <param name="ProposedBy">Who asked that they hold.</param>
/// <param name="ProposedAt">When.</param>
/// <param name="Now">"id@version" of the rules that hold; null: none does.</param>
/// <param name="Cases">How many cases were reckoned.</param>
/// <param name="Sooner">How many would be due sooner.</param>
/// <param name="Later">How many later.</param>
/// <param name="AtOnce">How many would be due today or before.</param>
/// <param name="Changes">The cases whose day or rule would change, soonest first; at most <see cref="RulesPreview.MostChanges"/>.</param>
/// <param name="Changed">How many there are in all.</param>
public sealed record RulesPreviewView(
    string Rules,
    RuleText Name,
    string Sha256,
    RuleSetState State,
    PersonId? ProposedBy,
    DateTimeOffset? ProposedAt,
    string? Now,
    int Cases,
    int Sooner,
    int Later,
    int AtOnce,
    IReadOnlyList<PreviewItem> Changes,
    int Changed);

/// <param name="View">Null when refused.</param>
/// <param name="Rules">The loaded rules themselves; null when refused.</param>
/// <param name="Refusal">Null when there is a view.</param>
internal sealed record RulesPreviewResult(RulesPreviewView? View, RetentionRules? Rules, Refusal? Refusal);

/// <summary>Reckons every case by the loaded rules without writing anything, and holds it against what stands.</summary>
internal sealed class RulesPreview(IDatabase database, KeyRing keys, RuleSets sets, Reckoner reckoner, TimeProvider time)
{
    public const int MostChanges = 200;

    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public Task<RulesPreviewResult> RunAsync(Actor actor, CancellationToken ct) => BusyRetry.RunAsync(database, time, token => TryAsync(actor, token), ct);

    private async Task<RulesPreviewResult> TryAsync(Actor actor, CancellationToken ct)
    {
        var now = time.GetUtcNow().Truncate();
        if (!RetentionReads.MayRead(actor))
        {
            await using var refused = await database.BeginAsync(ct);
            await ReadLog.RefusedAsync(refused, keys, actor, CaseId.Organisation, "ReadRetentionRules", Refusal.NotYours, now, ct);
            return new(null, null, Refusal.NotYours);
        }

        var view = await ReckonAsync(now, ct);
        await using var db = await database.BeginAsync(ct);
        using var organisation = await ReadLog.OrganisationAsync(db, keys, ct);
        var role = Enums.Text(actor.Is(Role.PrivacyOfficer) ? CaseRole.PrivacyOfficer : CaseRole.Coordinator);
        await ReadLog.ListAsync(db, organisation, actor, role, "retentionRules", [.. view.Changes.Select(c => c.Case)], now, ct);
        return new(view, sets.Loaded, null);
    }

    private async Task<RulesPreviewView> ReckonAsync(DateTimeOffset now, CancellationToken ct)
    {
        // A read of its own: opening every signal must keep no writer waiting.
        await using var db = await database.OpenReadAsync(ct);
        var rows = await RuleSets.AllAsync(db, ct);
        var loaded = rows.First(r => r.Sha256 == sets.Loaded.Head.Sha256);
        var active = rows.FirstOrDefault(r => r.State == RuleSetState.Active);
        var today = Reckoner.DayOf(now);
        var changes = new List<PreviewItem>();
        var (cases, sooner, later, atOnce) = (0, 0, 0, 0);
        foreach (var id in await db.QueryAsync<CaseId>("retention/all", null, ct))
        {
            var row = await RetentionStore.FindAsync(db, id, ct);
            if (await reckoner.ReckonAsync(db, sets.Loaded, id, row, ct) is not { Due: { } due } reckoned)
            {
                continue;
            }

            cases++;
            var day = reckoned.DueOn(row?.PostponedUntil);
            sooner += day < row?.DueOn ? 1 : 0;
            later += day > row?.DueOn ? 1 : 0;
            atOnce += day <= today ? 1 : 0;
            if (day != row?.DueOn || due.Rule.Id != row?.RuleName)
            {
                changes.Add(new(id, row?.RuleName, due.Rule.Id, row?.DueOn, day));
            }
        }

        return new(
            sets.Loaded.Label, sets.Loaded.Head.Name, sets.Loaded.Head.Sha256, loaded.State, loaded.ProposedById, loaded.ProposedAt,
            active is null ? null : $"{active.RuleSet}@{active.Version}", cases, sooner, later, atOnce,
            [.. changes.OrderBy(c => c.WouldBeDueOn ?? DateOnly.MaxValue).Take(MostChanges)], changes.Count);
    }
}
