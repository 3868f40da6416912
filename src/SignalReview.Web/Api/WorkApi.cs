using SignalReview.Cases;

namespace SignalReview.Web.Api;

internal static class WorkApi
{
    public static void MapWork(this IEndpointRouteBuilder api)
    {
        var work = api.MapGroup("").WithTags("Work");
        work.MapGet("/work", async (Caller caller, Paging paging, WorkList list, CancellationToken ct) =>
                TypedResults.Ok(await list.ReadAsync(caller.Actor, paging.Page, paging.PageSize, ct)))
            .WithName("GetWork")
            .WithSummary("What waits for the caller, what runs, and what there is to look back on: one page of each.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        work.MapGet("/board", BoardAsync)
            .WithName("GetBoard")
            .WithSummary("Where every running case stands, without a word of what it says; for coordinators.")
            .Produces<BoardView>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> BoardAsync(
        Caller caller, Paging paging, Board board, Problems problems, HttpContext context, CancellationToken ct)
    {
        var (view, refusal) = await board.ReadAsync(caller.Actor, paging.Page, paging.PageSize, ct);
        return refusal is null ? TypedResults.Ok(view) : problems.Of(context, refusal);
    }
}
