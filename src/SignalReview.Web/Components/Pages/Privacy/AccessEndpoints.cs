using Microsoft.AspNetCore.Mvc;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Privacy.AccessRequests;
using SignalReview.Web.SignIn;

namespace SignalReview.Web.Components.Pages.Privacy;

/// <summary>The file of one case: for the second person to look at, and for the privacy officer to give out.</summary>
internal static class AccessEndpoints
{
    public static void MapAccessPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/privacy/access/{id:guid}/{case:guid}/file", LookAsync).RequireAuthorization().ExcludeFromDescription();
        routes.MapPost("/privacy/access/{id:guid}/{case:guid}/file", GiveAsync).RequireAuthorization().ExcludeFromDescription();
    }

    private static Task<IResult> LookAsync(Guid id, Guid @case, HttpContext http, Actors actors, AccessReads reads, CancellationToken ct) =>
        FileAsync(id, @case, data: false, reason: null, http, actors, reads, ct);

    private static Task<IResult> GiveAsync(
        Guid id, Guid @case, [FromForm] string? reason, [FromForm] string? format, HttpContext http, Actors actors, AccessReads reads, CancellationToken ct) =>
        FileAsync(id, @case, format == "json", reason ?? "", http, actors, reads, ct);

    private static async Task<IResult> FileAsync(
        Guid id, Guid @case, bool data, string? reason, HttpContext http, Actors actors, AccessReads reads, CancellationToken ct)
    {
        if (await actors.FindAsync(http.User.RequiredSubject(), "web", ct) is not { } actor)
        {
            return Results.NotFound();
        }

        var (file, refusal) = await reads.FileAsync(actor, new(id), new(@case), data, reason, ct);
        if (refusal is null)
        {
            return Results.File(file!.Content, file.Type, file.FileName);
        }

        return refusal.Kind switch
        {
            RefusalKind.NotFound => Results.NotFound(),
            RefusalKind.Forbidden => Results.Forbid(),
            RefusalKind.Invalid => Results.Redirect($"/privacy/access/{id}?missing={@case}"),
            RefusalKind.Conflict or RefusalKind.Busy => Results.Redirect($"/privacy/access/{id}"),
        };
    }
}
