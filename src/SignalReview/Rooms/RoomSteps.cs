using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms.Methods;

namespace SignalReview.Rooms;

/// <summary>What the workflow asks of a room. Which talk comes before which vote is the method's to say.</summary>
internal static class RoomSteps
{
    /// <summary>Opens the room, or opens it again after a case was reopened: what was said and voted before stays.</summary>
    /// <param name="work">The case.</param>
    /// <param name="method">As the definition names it; a template was copied onto the case before.</param>
    /// <param name="ct">The caller's token.</param>
    public static async Task OpenAsync(Work work, string method, CancellationToken ct)
    {
        var copy = work.File.CopiedMethod;
        var name = copy?.Id ?? method;
        var phase = RoomMethod.PhaseOf((copy ?? RoomMethod.Without(name)).Phases[0].Kind);
        await work.ExecuteAsync(
            work.File.Room is null ? "rooms/insert_room" : "rooms/reopen",
            new { CaseId = work.Case, Method = name, RoomPhase = phase, PhaseNumber = 1, work.Now },
            ct);
        work.AppendAsSystem("room.opened", new RoomOpenedBody(name, copy?.Version, copy?.Sha256));
        await work.ReloadAsync(ct);
    }

    /// <summary>The colleagues talk, ahead of the vote of a round.</summary>
    /// <param name="work">The case.</param>
    /// <param name="round">The round as the definition counts; a reopened case counts on from its last round.</param>
    /// <param name="ct">The caller's token.</param>
    public static async Task DiscussAsync(Work work, int round, CancellationToken ct)
    {
        await EnsureRoomAsync(work, ct);
        var next = NextRound(work.File, round);
        var number = work.File.Method.TalkNumber(again: round > 1);
        await EnterAsync(work, number, next, ct);
        Append(work, "discussion.opened", new DiscussionOpenedBody(next, work.File.Method.Phase(number)?.Id));
    }

    /// <summary>
    /// Opens a round. One that too few had voted in goes on: with a new due date, and with the ballots that are in.
    /// </summary>
    public static async Task OpenRoundAsync(Work work, int round, int quorum, DateTimeOffset due, CancellationToken ct)
    {
        await EnsureRoomAsync(work, ct);
        var number = NextRound(work.File, round);
        var skipped = Skipped(work.File);
        var terms = TermsOf(work.File) with { Round = number, Quorum = quorum, DueAt = due };
        if (work.File.CurrentRound is { RevealedAt: null })
        {
            await work.ExecuteAsync("rooms/continue_round", new { CaseId = work.Case, Round = number, Quorum = quorum, DueAt = due }, ct);
        }
        else
        {
            await work.ExecuteAsync(
                "rooms/insert_round",
                new { CaseId = work.Case, terms.Round, terms.Quorum, terms.Options, terms.Method, terms.Proposal, terms.RequiredRoles, work.Now, terms.DueAt },
                ct);
        }

        await EnterAsync(work, work.File.Method.VoteNumber, number, ct);
        Append(work, "vote.opened", VoteOpenedBody.Of(terms) with { Skipped = skipped });
        // The roster may have shrunk to those who had voted already.
        await VoteRound.CompleteIfAllInAsync(work, ct);
    }

    /// <summary>The room has done its work, if there was one.</summary>
    public static async Task HarvestAsync(Work work, CancellationToken ct)
    {
        if (await CloseAsync(work, ct))
        {
            work.AppendAsSystem("room.harvested", new { });
        }
    }

    /// <returns>False when it was closed before.</returns>
    public static async Task<bool> CloseAsync(Work work, CancellationToken ct)
    {
        await RoomClock.StopAsync(work, ct);
        return await work.ExecuteAsync("rooms/harvest", new { CaseId = work.Case, work.Now }, ct) == 1;
    }

    /// <summary>What the room does where no phase of the method says so: the votes of a round lie open.</summary>
    public static Task SetPhaseAsync(Work work, RoomPhase phase, int round, CancellationToken ct) =>
        WriteAsync(work, phase, work.File.Method.VoteNumber, round, endsAt: null, ct);

    /// <summary>A phase of the method begins, and with it its clock.</summary>
    /// <param name="work">The case.</param>
    /// <param name="number">Of the phase, from 1.</param>
    /// <param name="round">The round of votes to which it belongs.</param>
    /// <param name="ct">The caller's token.</param>
    public static Task EnterAsync(Work work, int number, int round, CancellationToken ct)
    {
        var phase = work.File.Method.Phases[number - 1];
        DateTimeOffset? endsAt = phase.Minutes is { } minutes ? work.Now.AddMinutes(minutes) : null;
        return WriteAsync(work, RoomMethod.PhaseOf(phase.Kind), number, round, endsAt, ct);
    }

    /// <summary>As <see cref="EnterAsync"/>, by whoever leads.</summary>
    /// <returns>False when the room is no longer where it was.</returns>
    public static async Task<bool> MoveAsync(Work work, int number, CancellationToken ct)
    {
        var (room, phase) = (work.File.Room!, work.File.Method.Phases[number - 1]);
        DateTimeOffset? endsAt = phase.Minutes is { } minutes ? work.Now.AddMinutes(minutes) : null;
        var moved = await work.ExecuteAsync(
            "rooms/move_phase",
            new
            {
                CaseId = work.Case,
                RoomPhase = RoomMethod.PhaseOf(phase.Kind),
                PhaseNumber = number,
                work.Now,
                PhaseEndsAt = endsAt,
                FromPhase = room.RoomPhase,
                FromNumber = work.File.PhaseNumber,
            },
            ct);
        await RoomClock.WatchAsync(work, endsAt, ct);
        return moved == 1;
    }

    private static async Task WriteAsync(Work work, RoomPhase phase, int number, int round, DateTimeOffset? endsAt, CancellationToken ct)
    {
        await work.ExecuteAsync(
            "rooms/set_phase",
            new { CaseId = work.Case, RoomPhase = phase, PhaseNumber = number, Round = round, work.Now, PhaseEndsAt = endsAt },
            ct);
        await RoomClock.WatchAsync(work, endsAt, ct);
    }

    /// <summary>Which talks of the method were not held before this vote.</summary>
    private static IReadOnlyList<string> Skipped(CaseFile file) => file.PhaseNumber is { } from && from < file.Method.VoteNumber
        ? [.. file.Method.Phases.Take(file.Method.VoteNumber - 1).Skip(from).Select(p => p.Id)]
        : [];

    /// <summary>Rounds are rows, never overwritten: the one that is open, or the one after the last.</summary>
    private static int NextRound(CaseFile file, int asked) => file.CurrentRound switch
    {
        null => asked,
        { RevealedAt: null } open => open.Round,
        var last => last.Round + 1,
    };

    /// <summary>What was chosen for the last round stays, until the facilitator chooses otherwise; the first begins as the case's method says.</summary>
    private static VoteRoundRow TermsOf(CaseFile file) =>
        file.CurrentRound is { } last
            ? new() { Options = last.Options, Method = last.Method, Proposal = last.Proposal, RequiredRoles = last.RequiredRoles }
            : new() { Options = VoteOptions.All, Method = file.Method.Vote.Method, RequiredRoles = VoteQuorum.Text(file.Method.Vote.RequiredRoles) };

    /// <summary>A definition may ask for a vote without having opened a room.</summary>
    private static async Task EnsureRoomAsync(Work work, CancellationToken ct)
    {
        if (work.File.Room is null)
        {
            await OpenAsync(work, RoomMethod.Without(null).Id, ct);
        }
    }

    /// <summary>By the facilitator who led the room here, or by the clock.</summary>
    private static void Append<T>(Work work, string type, T body)
    {
        if (work.Me != PersonId.System && RoomRules.Leads(work.File, work.Me))
        {
            work.Append(type, RoomRules.LeadsAs(work.File), body);
        }
        else
        {
            work.AppendAsSystem(type, body);
        }
    }
}

/// <summary>The body of <c>room.opened</c>.</summary>
/// <param name="Method">The template's id, or the name of a talk without phases.</param>
/// <param name="Version">Of the template; null without one.</param>
/// <param name="Sha256">Of the template's file.</param>
internal sealed record RoomOpenedBody(string Method, int? Version = null, string? Sha256 = null);

/// <summary>The body of <c>discussion.opened</c>.</summary>
/// <param name="Round">The round of votes that it leads to.</param>
/// <param name="Phase">The method's phase with which it begins.</param>
internal sealed record DiscussionOpenedBody(int Round, string? Phase = null);

/// <summary>The body of <c>vote.opened</c>.</summary>
internal sealed record VoteOpenedBody(int Round, int Quorum, IReadOnlyList<VoteOption> Options, DateTimeOffset DueAt)
{
    /// <summary>Phases of the method that were not held before it.</summary>
    public IReadOnlyList<string> Skipped { get; init; } = [];

    /// <summary>Null in bodies from before there was more than one: a single choice.</summary>
    public VoteMethod? Method { get; init; }

    public VoteOption? Proposal { get; init; }

    /// <summary>Who must be among the voters for a reveal without everyone.</summary>
    public IReadOnlyList<RequiredRole>? RequiredRoles { get; init; }

    public static VoteOpenedBody Of(VoteRoundRow round) => new(round.Round, round.Quorum, VoteOptions.Parse(round.Options), round.DueAt)
    {
        Method = round.Method,
        Proposal = round.Proposal,
        RequiredRoles = VoteQuorum.Required(round),
    };
}
