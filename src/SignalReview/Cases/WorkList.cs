using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Privacy.Retention;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Workflow;

namespace SignalReview.Cases;

/// <summary>"My work": what waits for somebody, what runs, and what there is to look back on. Only cases they are involved in.</summary>
internal sealed class WorkList(IDatabase database, KeyRing keys, PeopleDirectory directory, RetentionNotices notices, TimeProvider time)
{
    public const int MostLines = 100;

    private const int DefaultLines = 25;

    public Task<WorkListView> ReadAsync(Actor actor, CancellationToken ct) => ReadAsync(actor, 1, DefaultLines, ct);

    /// <param name="actor">Whose.</param>
    /// <param name="page">From 1.</param>
    /// <param name="pageSize">1 to <see cref="MostLines"/>.</param>
    /// <param name="ct">The caller's token.</param>
    /// <exception cref="ReadNotLoggedException">The read could not be written down, so nothing is given.</exception>
    public Task<WorkListView> ReadAsync(Actor actor, int page, int pageSize, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, MostLines);
        return BusyRetry.RunAsync(database, time, token => TryReadAsync(actor, page, pageSize, token), ct);
    }

    private async Task<WorkListView> TryReadAsync(Actor actor, int page, int pageSize, CancellationToken ct)
    {
        var people = await directory.GetAsync(ct);
        var now = time.GetUtcNow().Truncate();
        await using var db = await database.BeginAsync(ct);
        var reading = new Reading(db, keys, actor, people, notices, now);
        var skip = (page - 1) * pageSize;
        var (waiting, running) = await reading.OpenAsync(skip, pageSize, ct);
        var view = new WorkListView(waiting, running, await reading.LookBackAsync(skip, pageSize, ct), page, pageSize);

        var shown = new[] { waiting, running, view.LookBack }.SelectMany(l => l.Items).Select(i => i.Case).Distinct().ToList();
        using var organisation = await ReadLog.OrganisationAsync(db, keys, ct);
        await ReadLog.ListAsync(db, organisation, actor, "requester", "myWork", shown, now, ct);
        return view;
    }

    /// <summary>One read of one person's lists, in one transaction.</summary>
    private sealed class Reading(DbSession db, KeyRing keys, Actor actor, PeopleSnapshot people, RetentionNotices notices, DateTimeOffset now)
    {
        private readonly Dictionary<string, TeamCalendar> calendars = new(StringComparer.Ordinal);

        private object Key => new
        {
            PersonId = actor.Person,
            Coordinates = actor.Is(Role.Coordinator),
            HandlesStops = actor.Is(Role.PrivacyOfficer),
        };

        public async Task<(WorkPage Waiting, WorkPage Running)> OpenAsync(int skip, int take, CancellationToken ct)
        {
            var waiting = new List<Line>();
            var running = new List<Line>();
            foreach (var id in await db.QueryAsync<CaseId>("cases/my_open", Key, ct))
            {
                var file = await CaseStore.LoadAsync(db, id, ct);
                var sight = file is null ? null : BlindView.SightOf(file, actor, people);
                if (sight is not { KnowsOfCase: true })
                {
                    continue; // an action that was only proposed
                }

                var calendar = await CalendarAsync(file!.Case.Team, ct);
                var work = WorkListRules.For(file, actor, sight, day => EndOf(day, calendar), now);
                waiting.AddRange(work.Select(w => new Line(file, sight, w)));
                if (work.Count == 0 && !file.IsOver && IsInvolved(sight))
                {
                    running.Add(new(file, sight, null));
                }
            }

            foreach (var notice in await notices.ForAsync(db, actor, ct))
            {
                if (await CaseStore.LoadAsync(db, notice.Case, ct) is { } file && BlindView.SightOf(file, actor, people) is { KnowsOfCase: true } sight)
                {
                    var due = EndOf(notice.DueOn.AddDays(-1), await CalendarAsync(file.Case.Team, ct));
                    waiting.Add(new(file, sight, new(notice.Asked ? WorkKind.RetentionObjection : WorkKind.RetentionNotice, due)));
                }
            }

            return (await PageAsync(waiting, skip, take, ct), await PageAsync(running, skip, take, ct));
        }

        public async Task<WorkPage> LookBackAsync(int skip, int take, CancellationToken ct)
        {
            var total = await db.ScalarAsync<int>("cases/my_closed_count", Key, ct);
            var lines = new List<Line>();
            foreach (var id in await db.QueryAsync<CaseId>("cases/my_closed", new { PersonId = actor.Person, Skip = skip, Take = take }, ct))
            {
                if (await CaseStore.LoadAsync(db, id, ct) is { } file)
                {
                    lines.Add(new(file, BlindView.SightOf(file, actor, people), null));
                }
            }

            var items = new List<WorkItem>();
            foreach (var line in lines)
            {
                items.Add(await ItemAsync(line, ct));
            }

            return new(items, total);
        }

        /// <summary>A coordinator sees all cases on the board; in "my work" only those that are theirs, or stuck.</summary>
        private static bool IsInvolved(BlindViewSight sight) =>
            sight.Roles.Any(r => r is not (CaseRole.Coordinator or CaseRole.Auditor or CaseRole.PrivacyOfficer));

        private async Task<WorkPage> PageAsync(List<Line> lines, int skip, int take, CancellationToken ct)
        {
            var items = new List<WorkItem>();
            // Titles are only opened for what is shown.
            foreach (var line in lines.OrderBy(l => l.DueAt ?? DateTimeOffset.MaxValue).ThenBy(l => l.File.Case.PhaseSince).Skip(skip).Take(take))
            {
                items.Add(await ItemAsync(line, ct));
            }

            return new(items, lines.Count);
        }

        private async Task<WorkItem> ItemAsync(Line line, CancellationToken ct)
        {
            var file = line.File;
            using var dossier = await Dossier.OpenAsync(db, keys, file.Id, ct) ?? throw new InvalidOperationException($"Case {file.Id} has no dossier.");
            var (title, pseudonym) = await BlindView.HeadingAsync(db, dossier, file, actor, people, ct);
            var step = file.OpenSteps.MinBy(s => s.DueAt ?? DateTimeOffset.MaxValue);
            return new(
                file.Id,
                title,
                pseudonym,
                file.Phase,
                file.Case.Urgency,
                line.Sight.Roles,
                line.Work?.Kind,
                step?.Activity,
                step?.AskedAt ?? file.Case.PhaseSince,
                line.DueAt,
                step is null ? [] : [.. BlindViewWaits.On(file, step).Select(people.Ref)],
                line.Work?.FollowUp,
                line.Work?.FollowUp is { } action ? await BlindView.ActionAsync(db, dossier, file, actor, people, action, ct) : null,
                file.Case.ReviewOn,
                file.Case.ClosedAt,
                // Of the step whose deadline the line shows; an action or an invitation has one of its own.
                file.OpenSteps.FirstOrDefault(s => s.DueAt == line.DueAt)?.ResumesAt);
        }

        private async Task<TeamCalendar> CalendarAsync(string team, CancellationToken ct)
        {
            if (!calendars.TryGetValue(team, out var calendar))
            {
                calendars[team] = calendar = await TeamHours.LoadAsync(db, team, ct);
            }

            return calendar;
        }

        private static DateTimeOffset EndOf(DateOnly day, TeamCalendar calendar)
        {
            var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
            return new DateTimeOffset(midnight, calendar.Zone.GetUtcOffset(midnight)).ToUniversalTime();
        }

        private sealed record Line(CaseFile File, BlindViewSight Sight, WaitingWork? Work)
        {
            public DateTimeOffset? DueAt => Work is null ? File.OpenSteps.Min(s => s.DueAt) : Work.DueAt;
        }
    }
}
