using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Minutes;

/// <summary>Why a version of the minutes was fixed.</summary>
public enum MinutesFixReason
{
    AllApproved,

    /// <summary>Who objected and who did not react are named; an objection stands beside the minutes, it does not hold them up for ever.</summary>
    Deadline,

    /// <summary>Nobody else was there.</summary>
    NobodyToAsk,
}

/// <summary>How a proposed version ends: it is fixed, or taken back.</summary>
internal static class MinutesFixing
{
    /// <summary>Judged on <see cref="Work.File"/>: reload it after writing an answer.</summary>
    public static async Task FixAsync(Work work, int version, MinutesFixReason reason, CancellationToken ct)
    {
        if (await SettleAsync(work, version, MinutesState.Fixed, ct))
        {
            var answers = MinutesRules.AnswersTo(work.File, version).ToList();
            work.AppendAsSystem(
                "minutes.fixed",
                new MinutesFixedBody(version, reason, Who(answers, true), Who(answers, false), Who(answers, null)));
        }
    }

    public static async Task TakeBackAsync(Work work, CancellationToken ct)
    {
        if (MinutesRules.Proposed(work.File) is { } proposed && await SettleAsync(work, proposed.Number, MinutesState.TakenBack, ct))
        {
            work.Append("minutes.takenBack", MinutesRules.WritesAs(work.File, work.Me), new MinutesTakenBackBody(proposed.Number));
        }
    }

    private static async Task<bool> SettleAsync(Work work, int version, MinutesState state, CancellationToken ct)
    {
        await work.ExecuteAsync("workflow/cancel_minutes", new { CaseId = work.Case, work.Now }, ct);
        return await work.ExecuteAsync("minutes/settle", new { CaseId = work.Case, Number = version, State = state, work.Now }, ct) == 1;
    }

    private static IReadOnlyList<PersonId> Who(IEnumerable<MinutesAnswerRow> answers, bool? agrees) =>
        [.. answers.Where(a => a.Agrees == agrees).Select(a => a.PersonId)];
}

/// <summary>The body of <c>minutes.fixed</c>.</summary>
/// <param name="Version">Which.</param>
/// <param name="Reason">Why.</param>
/// <param name="Approved">Of those who were asked.</param>
/// <param name="Objected">Their remarks stand in their answers.</param>
/// <param name="Silent">Did not react.</param>
internal sealed record MinutesFixedBody(
    int Version, MinutesFixReason Reason, IReadOnlyList<PersonId> Approved, IReadOnlyList<PersonId> Objected, IReadOnlyList<PersonId> Silent);

/// <summary>The body of <c>minutes.takenBack</c>.</summary>
internal sealed record MinutesTakenBackBody(int Version);
