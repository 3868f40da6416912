using System.Text;
using SignalReview.Statistics;
using SignalReview.Web.Components.Pages.Statistics;

namespace SignalReview.Web.Api;

internal static class StatisticsApi
{
    public static void MapStatistics(this IEndpointRouteBuilder api)
    {
        var statistics = api.MapGroup("/statistics").WithTags("Statistics");
        statistics.MapGet("", ReadAsync)
            .WithName("GetStatistics")
            .WithSummary("How far colleagues agree over a set of cases, with intervals; for coordinators and auditors. What a small set would tell is left out, with the reason.")
            .Produces<StatisticsView>()
            .Refuses();
        statistics.MapGet("/{table}.csv", TableAsync)
            .WithName("GetStatisticsTable")
            .WithSummary("The same as a table: figures, distribution, pairs or movement.")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Refuses();
    }

    private static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route) => route
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> ReadAsync(
        StatisticsQuery query, Caller caller, StatisticsReads reads, Problems problems, HttpContext context, CancellationToken ct)
    {
        var (view, refusal) = await reads.ReadAsync(caller.Actor, query.Filter, query.Round, query.Seed, "json", ct);
        return refusal is null ? TypedResults.Ok(view) : problems.Of(context, refusal);
    }

    private static async Task<IResult> TableAsync(
        string table, StatisticsQuery query, Caller caller, StatisticsReads reads, Problems problems, HttpContext context, CancellationToken ct)
    {
        if (!StatisticsCsv.Tables.Contains(table))
        {
            return problems.Of("no-such-address", StatusCodes.Status404NotFound);
        }

        var (view, refusal) = await reads.ReadAsync(caller.Actor, query.Filter, query.Round, query.Seed, table, ct);
        return refusal is null
            ? TypedResults.File(Encoding.UTF8.GetBytes(StatisticsCsv.Of(table, view!)), StatisticsEndpoints.ContentType, StatisticsEndpoints.FileName(table))
            : problems.Of(context, refusal);
    }
}
