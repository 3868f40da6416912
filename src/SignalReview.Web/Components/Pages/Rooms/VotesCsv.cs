using System.Globalization;
using System.Text;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms.Tallies;
using SignalReview.Trail.Bundles;
using SignalReview.Web.Localization;
using SignalReview.Web.SignIn;

namespace SignalReview.Web.Components.Pages.Rooms;

/// <summary>The table beside the movement plot as a file: what its reader sees on the page, and nothing else.</summary>
internal static class VotesCsv
{
    public static void MapVotesCsv(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/cases/{id:guid}/votes.csv", ReadAsync).RequireAuthorization().ExcludeFromDescription();

    private static async Task<IResult> ReadAsync(
        Guid id, HttpContext http, Actors actors, CaseReads reads, VoteWords words, Texts texts, CancellationToken ct)
    {
        if (await actors.FindAsync(http.User.RequiredSubject(), "web", ct) is not { } actor)
        {
            return Results.NotFound();
        }

        var (view, _) = await reads.ReadAsync(actor, new(id), "room", ct);
        return view?.Room?.Movement is { Linked: true } movement
            ? Results.File(Encoding.UTF8.GetBytes(Table(movement, words, texts)), "text/csv; charset=utf-8", "votes.csv")
            : Results.NotFound();
    }

    private static string Table(VoteMovement movement, VoteWords words, Texts texts)
    {
        var from = texts["Rooms.Round", movement.From];
        var to = texts["Rooms.Round", movement.To];
        var concern = texts["Votes.MoveConcern"];
        var table = new StringBuilder(EventsCsv.ByteOrderMark);
        Line(table, texts["Rooms.Who"], from, to, $"{concern}, {from}", $"{concern}, {to}");
        foreach (var move in movement.Moves)
        {
            Line(table, move.By.Name, words.Stand(move.From), words.Stand(move.To), Number(move.ConcernFrom), Number(move.ConcernTo));
        }

        return table.ToString();
    }

    private static void Line(StringBuilder table, params string[] cells) => table.Append(EventsCsv.Row(cells));

    private static string Number(int? concern) => concern?.ToString(CultureInfo.InvariantCulture) ?? "";
}
