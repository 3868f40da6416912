using System.Globalization;
using SignalReview.Cases;
using SignalReview.Trail;
using SignalReview.Trail.Audit;
using SignalReview.Web.Components.Pages.Trails;

namespace SignalReview.Web.Api;

internal static class TrailApi
{
    private const int DefaultEvents = 200;

    public static void MapTrail(this IEndpointRouteBuilder api)
    {
        var trail = api.MapGroup("/trail").WithTags("Trail");
        trail.MapGet("/cases", ListAsync)
            .WithName("ListTrails")
            .WithSummary("Which trails there are, newest first; for auditors. ?from=&to= (days), team, outcome, phase; and =true for deviates, dissent, outsideHours, emergencyPath, brokenGlass, openFindings.")
            .Produces<Page<TrailCase>>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        trail.MapGet("/cases/{id:guid}/events", ReadAsync)
            .WithName("GetTrail")
            .WithSummary("The events of one trail after a number (?after=&take=, at most 500), each with what is proved of it.")
            .Produces<TrailView>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        trail.MapGet("/cases/{id:guid}/looks", LooksAsync)
            .WithName("GetWhoLooked")
            .WithSummary("Who looked at a case, as what, when and at what; for its owner, auditors and the privacy officer. Asking is a look itself.")
            .Produces<WhoLookedView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        trail.MapPost("/cases/{id:guid}/export", ExportAsync)
            .WithName("ExportTrail")
            .WithSummary("The case's bundle, a zip that verifies without us; the reason stands in the trail. Needs a fresh sign-in; where a second person must approve, ask for an export instead.")
            .Produces(StatusCodes.Status200OK, contentType: "application/zip")
            .RefusesCommand();
        trail.MapFeed();
        trail.MapGet("/vkey", (Caller caller, CheckpointSigner signer) => TypedResults.Text(signer.VerifierKey.ToString()))
            .WithName("GetVerifierKey")
            .WithSummary("The public key that bundles are verified with. Get it once, over a way you trust, and keep it.")
            .ProducesProblem(StatusCodes.Status403Forbidden);
    }

    private static async Task<IResult> ListAsync(
        Caller caller, Paging paging, TrailReads reads, Problems problems, HttpContext context, CancellationToken ct)
    {
        var filter = TrailQuery.Of(name => context.Request.Query[name]).Filter;
        var (list, refusal) = await reads.ListAsync(caller.Actor, filter, paging.Page, paging.PageSize, ct);
        return refusal is null ? TypedResults.Ok(paging.Of(list!.Items, list.Total, context.Request)) : problems.Of(context, refusal);
    }

    private static async Task<IResult> ReadAsync(
        Guid id, string? after, string? take, Caller caller, TrailReads reads, Problems problems, HttpContext context, CancellationToken ct)
    {
        if (Number(after, 0) is not { } from || Number(take, DefaultEvents) is not { } most || most is < 1 or > TrailReads.MostEvents)
        {
            return problems.Of("bad-paging", StatusCodes.Status400BadRequest);
        }

        var (view, refusal) = await reads.ReadAsync(caller.Actor, new CaseId(id), from, (int)most, ct);
        return refusal is null ? TypedResults.Ok(view) : problems.Of(context, refusal);
    }

    private static async Task<IResult> LooksAsync(
        Guid id, Caller caller, WhoLooked looked, Problems problems, HttpContext context, CancellationToken ct)
    {
        var (view, refusal) = await looked.ReadAsync(caller.Actor, new CaseId(id), ct);
        return refusal is null ? TypedResults.Ok(view) : problems.Of(context, refusal);
    }

    private static async Task<IResult> ExportAsync(
        Guid id, Caller caller, Body<TrailExportRequest> body, TrailExport export, Problems problems, HttpContext context, CancellationToken ct)
    {
        var (bundle, refusal) = await export.TakeAsync(caller.Actor, new CaseId(id), body.Value, caller.SignedInAt, ct);
        if (bundle is null)
        {
            return problems.Of(context, refusal!);
        }

        // The answer disposes the stream once it was sent, and the file goes with it.
        return TypedResults.Stream(bundle.Content, "application/zip", bundle.FileName);
    }

    private static long? Number(string? text, long missing) => text is null or ""
        ? missing
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
