using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;

namespace SignalReview.Privacy.Retention;

/// <summary>A case that is nearly due, for somebody who is told.</summary>
/// <param name="Case">The case.</param>
/// <param name="DueOn">The first day on which it is no longer kept.</param>
/// <param name="Asked">Somebody asked to keep it longer, and this person answers.</param>
internal sealed record RetentionNotice(CaseId Case, DateOnly DueOn, bool Asked);

/// <summary>Whom the rules tell of which cases.</summary>
internal sealed class RetentionNotices(RuleSets sets)
{
    public async Task<IReadOnlyList<RetentionNotice>> ForAsync(DbSession db, Actor actor, CancellationToken ct)
    {
        var (officer, coordinator) = (actor.Is(Role.PrivacyOfficer), actor.Is(Role.Coordinator));
        var notices = new List<RetentionNotice>();
        foreach (var row in await db.QueryAsync<NoticeRow>("retention/my_notices", new { PersonId = actor.Person, Officer = officer, Coordinator = coordinator }, ct))
        {
            var asked = row.State == RetentionStep.Objected;
            var tell = (await sets.FindAsync(db, row.Sha256, ct)).Rule(row.RuleName).Tell;
            if (asked || (row.Mine && tell.Contains(RetentionAudience.Owner)) || (officer && tell.Contains(RetentionAudience.PrivacyOfficer))
                || (coordinator && tell.Contains(RetentionAudience.Coordinator)))
            {
                notices.Add(new(row.CaseId, row.DueOn, asked));
            }
        }

        return notices;
    }

    private sealed record NoticeRow
    {
        public CaseId CaseId { get; init; }
        public DateOnly DueOn { get; init; }
        public RetentionStep State { get; init; }
        public string Sha256 { get; init; } = "";
        public string RuleName { get; init; } = "";
        public bool Mine { get; init; }
    }
}
