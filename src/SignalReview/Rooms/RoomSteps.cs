using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Rooms;

/// <summary>What the workflow asks of a room.</summary>
internal static class RoomSteps
{
    private const string OpenMethod = "open";

    /// <summary>Opens the room, or opens it again after a case was reopened: what was said and voted before stays.</summary>
    public static async Task OpenAsync(Work work, string method, CancellationToken ct)
    {
        if (work.File.Room is null)
        {
            await work.ExecuteAsync(
                "rooms/insert_room", new { CaseId = work.Case, Method = method, RoomPhase = RoomPhase.Discussion, work.Now }, ct);
        }
        else
        {
            await work.ExecuteAsync("rooms/reopen", new { CaseId = work.Case, Method = method, work.Now }, ct);
        }

        work.AppendAsSystem("room.opened", new RoomOpenedBody(method));
    }

    /// <summary>The colleagues talk, ahead of the vote of a round.</summary>
    /// <param name="work">The case.</param>
    /// <param name="round">The round as the definition counts; a reopened case counts on from its last round.</param>
    /// <param name="ct">The caller's token.</param>
    public static async Task DiscussAsync(Work work, int round, CancellationToken ct)
    {
        await EnsureRoomAsync(work, ct);
        var next = NextRound(work.File, round);
        await SetPhaseAsync(work, RoomPhase.Discussion, next, ct);
        Append(work, "discussion.opened", new DiscussionOpenedBody(next));
    }

    /// <summary>
    /// Opens a round. One that too few had voted in goes on: with a new due date, and with the ballots that are in.
    /// </summary>
    public static async Task OpenRoundAsync(Work work, int round, int quorum, DateTimeOffset due, CancellationToken ct)
    {
        await EnsureRoomAsync(work, ct);
        var number = NextRound(work.File, round);
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

        await SetPhaseAsync(work, RoomPhase.Vote, number, ct);
        Append(work, "vote.opened", VoteOpenedBody.Of(terms));
        // The roster may have shrunk to those who had voted already.
        await VoteRound.CompleteIfAllInAsync(work, ct);
    }

    /// <summary>The room has done its work, if there was one.</summary>
    public static async Task HarvestAsync(Work work, CancellationToken ct)
    {
        if (await work.ExecuteAsync("rooms/harvest", new { CaseId = work.Case, work.Now }, ct) == 1)
        {
            work.AppendAsSystem("room.harvested", new { });
        }
    }

    public static Task SetPhaseAsync(Work work, RoomPhase phase, int round, CancellationToken ct) =>
        work.ExecuteAsync("rooms/set_phase", new { CaseId = work.Case, RoomPhase = phase, Round = round, work.Now }, ct);

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
            : new() { Options = VoteOptions.All };

    /// <summary>A definition may ask for a vote without having opened a room.</summary>
    private static async Task EnsureRoomAsync(Work work, CancellationToken ct)
    {
        if (work.File.Room is null)
        {
            await OpenAsync(work, OpenMethod, ct);
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
internal sealed record RoomOpenedBody(string Method);

/// <summary>The body of <c>discussion.opened</c>.</summary>
internal sealed record DiscussionOpenedBody(int Round);

/// <summary>The body of <c>vote.opened</c>.</summary>
internal sealed record VoteOpenedBody(int Round, int Quorum, IReadOnlyList<VoteOption> Options, DateTimeOffset DueAt)
{
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
