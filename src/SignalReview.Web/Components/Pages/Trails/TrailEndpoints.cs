using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Trail;
using SignalReview.Web.SignIn;

namespace SignalReview.Web.Components.Pages.Trails;

/// <summary>The bundle as a download: a page cannot answer with a file.</summary>
internal static class TrailEndpoints
{
    public static void MapTrailPages(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/trails/{id:guid}/export", ExportAsync).RequireAuthorization().ExcludeFromDescription();

    private static async Task<IResult> ExportAsync(
        Guid id, [FromForm] string? reason, [FromForm] string? since, HttpContext http, Actors actors, TrailExport export, CancellationToken ct)
    {
        if (await actors.FindAsync(http.User.RequiredSubject(), "web", ct) is not { } actor)
        {
            return Results.NotFound();
        }

        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        var result = await export.RunAsync(actor, new(id), new(reason ?? "", language, string.IsNullOrWhiteSpace(since) ? null : since), ct);
        if (result.Bundle is { } bundle)
        {
            http.Response.RegisterForDisposeAsync(bundle);
            return Results.File(bundle.Content, "application/zip", bundle.FileName);
        }

        return result.Refusal switch
        {
            { Kind: RefusalKind.NotFound } or null => Results.NotFound(),
            { Kind: RefusalKind.Forbidden } => Results.Forbid(),
            var refusal => Results.Redirect($"/trails/{id}?refused={refusal.Fields?[0].Path ?? refusal.Code}#export"),
        };
    }
}
