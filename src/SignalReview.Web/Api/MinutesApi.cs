using SignalReview.Cases;
using SignalReview.Minutes;

namespace SignalReview.Web.Api;

/// <summary>The minutes of a case's room, and its commands.</summary>
internal static class MinutesApi
{
    public static void MapMinutes(this IEndpointRouteBuilder cases)
    {
        cases.MapGet("/{id:guid}/minutes", ReadAsync)
            .WithName("GetMinutes")
            .WithSummary("The minutes of the room: the draft for who was in it, what was fixed for all in the case. Every read is in the trail.")
            .Produces<MinutesView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        cases.MapCommand<EditMinutes, EditMinutesCommand>(
            "edit-minutes", "Writes beside the facts of one section; by who leads the room.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<ProposeMinutes, ProposeMinutesCommand>(
            "propose-minutes", "Asks those who were present to approve the minutes.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<AnswerMinutes, AnswerMinutesCommand>(
            "answer-minutes", "Approves the proposed minutes, or objects with a remark.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
    }

    private static async Task<IResult> ReadAsync(Guid id, Caller caller, CaseReads reads, Problems problems, HttpContext context, CancellationToken ct)
    {
        var (view, refusal) = await reads.ReadAsync(caller.Actor, new CaseId(id), CaseReads.Minutes, ct);
        return refusal is not null ? problems.Of(context, refusal)
            : view!.Minutes is { } minutes ? TypedResults.Ok(minutes)
            : problems.Of("minutes-not-found", StatusCodes.Status404NotFound);
    }
}
