using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Trail;
using SignalReview.Trail.Audit;

namespace SignalReview.Web.Api;

/// <summary>What auditors do beside reading events: stories, who had seen what, findings, samples; and access in an emergency.</summary>
internal static class AuditApi
{
    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        var trail = api.MapGroup("/trail").WithTags("Trail");
        MapStories(trail);
        MapFindings(trail);
        MapSamples(trail);
        MapExports(trail);
        MapEmergency(api.MapGroup("/emergency").WithTags("Emergency"));
    }

    private static void MapStories(RouteGroupBuilder trail)
    {
        trail.MapGet("/cases/{id:guid}/story", (Guid id, Caller caller, StoryReads reads, Problems problems, HttpContext context, CancellationToken ct) =>
                AnswerAsync(reads.StoryAsync(caller.Actor, new(id), ct), problems, context))
            .WithName("GetStory")
            .WithSummary("A case's trail as a story by parts and days: who knew what when, why it was decided so, and what is proved of each line.")
            .Produces<StoryView>()
            .Refuses();
        trail.MapGet("/cases/{id:guid}/seen", (Guid id, Caller caller, StoryReads reads, Problems problems, HttpContext context, CancellationToken ct) =>
                AnswerAsync(reads.SeenAsync(caller.Actor, new(id), ct), problems, context))
            .WithName("GetSeen")
            .WithSummary("The decision, and what each voter had seen when they voted.")
            .Produces<SeenView>()
            .Refuses();
        trail.MapGet("/cases/{id:guid}/events/{seq:long}", (
                    Guid id, long seq, Caller caller, StoryReads reads, Problems problems, HttpContext context, CancellationToken ct) =>
                AnswerAsync(reads.EventAsync(caller.Actor, new(id), seq, ct), problems, context))
            .WithName("GetEventBytes")
            .WithSummary("One event: its leaf verbatim, its hash, and the proof that a signed checkpoint covers it.")
            .Produces<EventBytesView>()
            .Refuses();
    }

    private static void MapFindings(RouteGroupBuilder trail)
    {
        trail.MapGet("/cases/{id:guid}/findings", (Guid id, Caller caller, FindingReads reads, Problems problems, HttpContext context, CancellationToken ct) =>
                AnswerAsync(reads.ReadAsync(caller.Actor, new(id), ct), problems, context))
            .WithName("GetFindings")
            .WithSummary("What auditors found in a case, the replies, and what came of it; for its owner, coordinators and auditors.")
            .Produces<FindingsView>()
            .Refuses();
        MapCommand<RaiseFindingCommand>(trail, "RaiseFinding", "/cases/{id:guid}/raise-finding", "Writes down what was found; by an auditor.", (f, a, id, c, ct) => f.RaiseAsync(a, id, c, ct));
        MapCommand<ReplyToFindingCommand>(trail, "ReplyToFinding", "/cases/{id:guid}/reply-to-finding", "Replies; by the owner or a coordinator.", (f, a, id, c, ct) => f.ReplyAsync(a, id, c, ct));
        MapCommand<ReviseFindingCommand>(trail, "ReviseFinding", "/cases/{id:guid}/revise-finding", "Puts another in its place; by its auditor.", (f, a, id, c, ct) => f.ReviseAsync(a, id, c, ct));
        MapCommand<CloseFindingCommand>(trail, "CloseFinding", "/cases/{id:guid}/close-finding", "Says what came of it; by its auditor.", (f, a, id, c, ct) => f.CloseAsync(a, id, c, ct));
    }

    private static void MapSamples(RouteGroupBuilder trail)
    {
        trail.MapGet("/samples", ListSamplesAsync)
            .WithName("ListSamples")
            .WithSummary("Samples that were drawn, newest first; for auditors.")
            .Produces<Page<SampleLine>>()
            .Refuses();
        trail.MapGet("/samples/{sample:guid}", (Guid sample, Caller caller, SampleReads reads, Problems problems, HttpContext context, CancellationToken ct) =>
                AnswerAsync(reads.ReadAsync(caller.Actor, sample, ct), problems, context))
            .WithName("GetSample")
            .WithSummary("One sample, drawn again: whether it comes out the same, and how its population has changed since.")
            .Produces<SampleView>()
            .Refuses();
        trail.MapPost("/samples", async (
                Caller caller, Body<DrawSampleCommand> body, DrawSample draw, Problems problems, HttpContext context, CancellationToken ct) =>
                Receipt(await draw.RunAsync(caller.Actor, body.Value, ct), problems, context))
            .WithName("DrawSample")
            .WithSummary("Draws a sample of the cases that fit a filter: those with the lowest SHA-256 over seed, line feed and case id.")
            .Produces<Receipt>()
            .RefusesCommand();
    }

    private static void MapExports(RouteGroupBuilder trail)
    {
        trail.MapGet("/exports", ListExportsAsync)
            .WithName("ListExports")
            .WithSummary("Exports that were asked for, newest first; for auditors and the privacy officer.")
            .Produces<Page<ExportJobView>>()
            .Refuses();
        trail.MapGet("/exports/{job:guid}", (Guid job, Caller caller, ExportJobReads reads, Problems problems, HttpContext context, CancellationToken ct) =>
                AnswerAsync(reads.ReadAsync(caller.Actor, job, ct), problems, context))
            .WithName("GetExport")
            .WithSummary("One export: how far it is, and until when it can be downloaded.")
            .Produces<ExportJobView>()
            .Refuses();
        trail.MapGet("/exports/{job:guid}/file", DownloadAsync)
            .WithName("DownloadExport")
            .WithSummary("The bundle of an export that is ready; for who asked for it, lately signed in.")
            .Produces(StatusCodes.Status200OK, contentType: "application/zip")
            .ProducesProblem(StatusCodes.Status409Conflict)
            .Refuses();
        trail.MapPost("/exports", async (Caller caller, Body<AskExportCommand> body, ExportJobs jobs, Problems problems, HttpContext context, CancellationToken ct) =>
                Receipt(await jobs.AskAsync(caller.Actor, body.Value, caller.SignedInAt, ct), problems, context))
            .WithName("AskExport")
            .WithSummary("Asks for an export, which is built in the background; by an auditor, lately signed in.")
            .Produces<Receipt>()
            .RefusesCommand();
        trail.MapPost("/exports/judge", async (Caller caller, Body<JudgeExportCommand> body, ExportJobs jobs, Problems problems, HttpContext context, CancellationToken ct) =>
                Receipt(await jobs.JudgeAsync(caller.Actor, body.Value, caller.SignedInAt, ct), problems, context))
            .WithName("JudgeExport")
            .WithSummary("Says yes or no to an export that somebody else asked for; by another auditor or the privacy officer, lately signed in.")
            .Produces<Receipt>()
            .RefusesCommand();
        trail.MapPost("/exports/cancel", async (Caller caller, Body<CancelExportCommand> body, ExportJobs jobs, Problems problems, HttpContext context, CancellationToken ct) =>
                Receipt(await jobs.CancelAsync(caller.Actor, body.Value, ct), problems, context))
            .WithName("CancelExport")
            .WithSummary("Takes back an export that one asked for; what is ready is deleted.")
            .Produces<Receipt>()
            .RefusesCommand();
    }

    private static async Task<IResult> ListExportsAsync(
        Caller caller, Paging paging, ExportJobReads reads, Problems problems, HttpContext context, CancellationToken ct)
    {
        var (list, refusal) = await reads.ListAsync(caller.Actor, paging.Page, paging.PageSize, ct);
        return refusal is null ? TypedResults.Ok(paging.Of(list!.Items, list.Total, context.Request)) : problems.Of(context, refusal);
    }

    private static async Task<IResult> DownloadAsync(
        Guid job, Caller caller, ExportJobReads reads, Problems problems, HttpContext context, CancellationToken ct)
    {
        var (file, refusal) = await reads.DownloadAsync(caller.Actor, job, caller.SignedInAt, ct);
        return refusal is null ? TypedResults.Stream(file!.Content, "application/zip", file.FileName) : problems.Of(context, refusal);
    }

    private static void MapEmergency(RouteGroupBuilder emergency) =>
        emergency.MapPost("/open", async (
                Caller caller, Body<OpenEmergencyCommand> body, OpenEmergency open, Problems problems, HttpContext context, CancellationToken ct) =>
                Receipt(await open.RunAsync(caller.Actor, body.Value, ct), problems, context))
            .WithName("OpenEmergency")
            .WithSummary("Opens a case in an emergency, with a reason, for some hours; owner, coordinators and the privacy officer see it at once.")
            .Produces<Receipt>()
            .RefusesCommand();

    private static void MapCommand<TCommand>(RouteGroupBuilder trail, string name, string path, string summary, RunCommand<Findings, TCommand> run)
        where TCommand : class, ICommand =>
        trail.MapPost(path, async (Guid id, Caller caller, Body<TCommand> body, Findings findings, Problems problems, HttpContext context, CancellationToken ct) =>
                Receipt(await run(findings, caller.Actor, new(id), body.Value, ct), problems, context))
            .WithName(name)
            .WithSummary(summary)
            .Produces<Receipt>()
            .RefusesCommand();

    private static async Task<IResult> ListSamplesAsync(
        Caller caller, Paging paging, SampleReads reads, Problems problems, HttpContext context, CancellationToken ct)
    {
        var (list, refusal) = await reads.ListAsync(caller.Actor, paging.Page, paging.PageSize, ct);
        return refusal is null ? TypedResults.Ok(paging.Of(list!.Items, list.Total, context.Request)) : problems.Of(context, refusal);
    }

    private static async Task<IResult> AnswerAsync<T>(Task<TrailReadResult<T>> reading, Problems problems, HttpContext context)
        where T : class
    {
        var (view, refusal) = await reading;
        return refusal is null ? TypedResults.Ok(view) : problems.Of(context, refusal);
    }

    private static IResult Receipt(CommandResult result, Problems problems, HttpContext context) =>
        result.Refusal is { } refusal ? problems.Of(context, refusal) : TypedResults.Ok(result.ToReceipt());

    private static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route) => route
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
