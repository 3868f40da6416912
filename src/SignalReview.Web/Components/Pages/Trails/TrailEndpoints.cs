using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Trail;
using SignalReview.Trail.Audit;
using SignalReview.Web.SignIn;

namespace SignalReview.Web.Components.Pages.Trails;

/// <summary>The bundle as a download: a page cannot answer with a file.</summary>
internal static class TrailEndpoints
{
    public static void MapTrailPages(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/trails/{id:guid}/export", ExportAsync).RequireAuthorization().ExcludeFromDescription();
        routes.MapPost("/trails/exports/{job:guid}/download", DownloadAsync).RequireAuthorization().ExcludeFromDescription();
        routes.MapGet("/trails/{id:guid}/events/{seq:long}/leaf", LeafAsync).RequireAuthorization().ExcludeFromDescription();
        routes.MapGet("/trails/{id:guid}/events/{seq:long}/proof", ProofAsync).RequireAuthorization().ExcludeFromDescription();
    }

    /// <summary>The leaf's bytes, verbatim: no line end after them, or their hash is another.</summary>
    private static Task<IResult> LeafAsync(Guid id, long seq, HttpContext http, Actors actors, StoryReads reads, CancellationToken ct) =>
        BytesAsync(id, seq, http, actors, reads, view => view.Event.Header, "application/json", $"event-{seq}.leaf.json", ct);

    private static Task<IResult> ProofAsync(Guid id, long seq, HttpContext http, Actors actors, StoryReads reads, CancellationToken ct) =>
        BytesAsync(id, seq, http, actors, reads, view => view.Proof, "text/plain; charset=utf-8", $"event-{seq}.tlog-proof", ct);

    private static async Task<IResult> BytesAsync(
        Guid id, long seq, HttpContext http, Actors actors, StoryReads reads, Func<EventBytesView, string?> part, string type, string name, CancellationToken ct)
    {
        var read = await actors.FindAsync(http.User.RequiredSubject(), "web", ct) is { } actor ? await reads.EventAsync(actor, new(id), seq, ct) : null;
        return read switch
        {
            { View: { } view } when part(view) is { } bytes => Results.File(Encoding.UTF8.GetBytes(bytes), type, name),
            { Refusal.Kind: RefusalKind.Forbidden } => Results.Forbid(),
            _ => Results.NotFound(),
        };
    }

    /// <summary>The file of an export that was asked for. A form posts here, so that following a link takes nothing along.</summary>
    private static async Task<IResult> DownloadAsync(
        Guid job, HttpContext http, IAntiforgery antiforgery, Actors actors, ExportJobReads reads, CancellationToken ct)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return Results.BadRequest();
        }

        var read = await actors.FindAsync(http.User.RequiredSubject(), "web", ct) is { } actor
            ? await reads.DownloadAsync(actor, job, http.User.SignedInAt(), ct)
            : null;
        return read switch
        {
            { View: { } file } => Results.File(file.Content, "application/zip", file.FileName),
            { Refusal.Code: "sign-in-again" } => Results.Redirect($"/trails/exports/{job}?refused=sign-in-again"),
            { Refusal.Kind: RefusalKind.Forbidden } => Results.Forbid(),
            { Refusal.Kind: RefusalKind.Conflict } => Results.Redirect($"/trails/exports/{job}"),
            _ => Results.NotFound(),
        };
    }

    private static async Task<IResult> ExportAsync(
        Guid id, [FromForm] string? reason, [FromForm] string? since, HttpContext http, Actors actors, TrailExport export, CancellationToken ct)
    {
        if (await actors.FindAsync(http.User.RequiredSubject(), "web", ct) is not { } actor)
        {
            return Results.NotFound();
        }

        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        var result = await export.TakeAsync(
            actor, new(id), new(reason ?? "", language, string.IsNullOrWhiteSpace(since) ? null : since), http.User.SignedInAt(), ct);
        if (result.Bundle is { } bundle)
        {
            http.Response.RegisterForDisposeAsync(bundle);
            return Results.File(bundle.Content, "application/zip", bundle.FileName);
        }

        return result.Refusal switch
        {
            { Kind: RefusalKind.NotFound } or null => Results.NotFound(),
            { Kind: RefusalKind.Forbidden, Code: not "sign-in-again" } => Results.Forbid(),
            var refusal => Results.Redirect($"/trails/{id}?refused={refusal.Fields?[0].Path ?? refusal.Code}#export"),
        };
    }
}
