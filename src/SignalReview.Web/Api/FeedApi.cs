using System.Buffers;
using System.Globalization;
using Microsoft.Net.Http.Headers;
using SignalReview.Storage;
using SignalReview.Trail.Audit;
using SignalReview.Trail.Formats;

namespace SignalReview.Web.Api;

/// <summary>The log's headers for a program that watches, such as a SIEM.</summary>
internal static class FeedApi
{
    private const int DefaultLimit = 500;
    private const int FlushAt = 1 << 15;

    public static void MapFeed(this RouteGroupBuilder trail) => trail.MapGet("/events", PollAsync)
        .WithName("PollTrail")
        .WithSummary("Headers of the whole log after a place, one a line; for auditors. ?after= a leaf index (none: from the start), limit= at most 1000 (500), format= headers, fhir (R4 AuditEvent) "
            + "or ocsf. Link rel=next is what to ask next. A page that goes out is in the trail first; one on which there is nothing but such events is empty until something else happens.")
        .Produces(StatusCodes.Status200OK, contentType: "application/x-ndjson", additionalContentTypes: "application/fhir+ndjson")
        .Produces(StatusCodes.Status304NotModified)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> PollAsync(
        string? after, string? limit, string? format, Caller caller, TrailFeed feed, Problems problems, HttpContext context, CancellationToken ct)
    {
        var form = EventFormat.Headers;
        if (Number(after, -1) is not { } from
            || Number(limit, DefaultLimit) is not { } take || take is < 1 or > TrailFeed.Most
            || (!string.IsNullOrEmpty(format) && !Enums.TryParse(format, out form)))
        {
            return problems.Of("bad-feed", StatusCodes.Status400BadRequest);
        }

        var (page, refusal) = await feed.AskAsync(caller.Actor, from, (int)take, form, ct);
        if (page is null)
        {
            return problems.Of(context, refusal!);
        }

        // The same leaves are the same bytes for ever.
        var tag = new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{page.After + 1}-{page.Last + 1}-{Enums.Text(form)}\""));
        context.Response.GetTypedHeaders().ETag = tag;
        context.Response.Headers.Link = $"<{Next(context.Request, page, take, form)}>; rel=\"next\"";
        return context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Stream(output => WriteAsync(feed, page, form, output, ct), EventLines.MediaType(form));
    }

    private static string Next(HttpRequest request, FeedPage page, long limit, EventFormat format)
    {
        var after = page.Last < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"after={page.Last}&");
        return string.Create(CultureInfo.InvariantCulture, $"{request.PathBase}{request.Path}?{after}limit={limit}&format={Enums.Text(format)}");
    }

    private static async Task WriteAsync(TrailFeed feed, FeedPage page, EventFormat format, Stream output, CancellationToken ct)
    {
        if (page.IsEmpty)
        {
            return;
        }

        var buffer = new ArrayBufferWriter<byte>(2 * FlushAt);
        await foreach (var (index, leaf) in feed.LeavesAsync(page, ct))
        {
            EventLines.Write(format, buffer, index, leaf);
            if (buffer.WrittenCount >= FlushAt)
            {
                await output.WriteAsync(buffer.WrittenMemory, ct);
                buffer.ResetWrittenCount();
            }
        }

        await output.WriteAsync(buffer.WrittenMemory, ct);
    }

    private static long? Number(string? text, long missing) => text is null or ""
        ? missing
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
