using System.Text;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Statistics;
using SignalReview.Web.SignIn;

namespace SignalReview.Web.Components.Pages.Statistics;

/// <summary>The page's tables as downloads: a page cannot answer with a file.</summary>
internal static class StatisticsEndpoints
{
    public const string ContentType = "text/csv; charset=utf-8";

    public static void MapStatisticsPages(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/statistics/{table}.csv", TableAsync).RequireAuthorization().ExcludeFromDescription();

    public static string FileName(string table) => $"signalreview-statistics-{table}.csv";

    private static async Task<IResult> TableAsync(
        string table, StatisticsQuery query, HttpContext http, Actors actors, StatisticsReads reads, CancellationToken ct)
    {
        if (!StatisticsCsv.Tables.Contains(table) || await actors.FindAsync(http.User.RequiredSubject(), "web", ct) is not { } actor)
        {
            return Results.NotFound();
        }

        var (view, refusal) = await reads.ReadAsync(actor, query.Filter, query.Round, query.Seed, table, ct);
        return refusal?.Kind switch
        {
            null => Results.File(Encoding.UTF8.GetBytes(StatisticsCsv.Of(table, view!)), ContentType, FileName(table)),
            RefusalKind.Forbidden => Results.Forbid(),
            _ => Results.Redirect($"/statistics{query.ToQuery()}"),
        };
    }
}
