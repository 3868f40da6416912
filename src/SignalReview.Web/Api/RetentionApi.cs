using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Privacy.Retention;
using SignalReview.Web.Components.Pages.Privacy;

namespace SignalReview.Web.Api;

internal static class RetentionApi
{
    public static void MapRetention(this IEndpointRouteBuilder api)
    {
        var retention = api.MapGroup("/privacy/retention").WithTags("Privacy");
        retention.MapGet("", CalendarAsync)
            .WithName("GetRetentionCalendar")
            .WithSummary("Which cases are due when, by which rule (?from=2026-12&months=3&kind=&team=), and the months to come; for coordinators and privacy officers.")
            .Produces<CalendarView>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        retention.MapGet("/rules", PreviewAsync)
            .WithName("GetRetentionRules")
            .WithSummary("The rules that were loaded, where they stand, and what they would change.")
            .Produces<RulesPreviewView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        retention.MapDesk<ProposeRules, ProposeRulesCommand>(
            "/rules/propose", "Asks that the loaded rules hold; by a privacy officer.", static (u, a, c, ct) => u.RunAsync(a, c, ct));
        retention.MapDesk<ActivateRules, ActivateRulesCommand>(
            "/rules/activate", "Lets the proposed rules in, or sends them back; by somebody else.", static (u, a, c, ct) => u.RunAsync(a, c, ct));
    }

    /// <summary>What somebody says of how long one case is kept.</summary>
    public static void MapCaseRetention(this IEndpointRouteBuilder cases)
    {
        cases.MapCommand<ObjectToErasure, ObjectToErasureCommand>(
            "object-to-erasure", "Asks to keep a case longer that is nearly due; by its owner, a coordinator or the privacy officer.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<AnswerObjection, AnswerObjectionCommand>(
            "answer-objection", "Grants or declines keeping a case longer; by a privacy officer who is somebody else.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<SetGround, SetGroundCommand>(
            "set-ground", "Says on which legal ground the case is; by its owner or the privacy officer.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
    }

    /// <summary>POST of one command that is about no single case: 200 with the receipt, also when the same command comes again.</summary>
    public static void MapDesk<TUseCase, TCommand>(
        this IEndpointRouteBuilder group, string path, string summary, Func<TUseCase, Actor, TCommand, CancellationToken, Task<CommandResult>> run)
        where TUseCase : class
        where TCommand : class, ICommand =>
        group.MapPost(path, async (Caller caller, Body<TCommand> body, TUseCase useCase, Problems problems, HttpContext context, CancellationToken ct) =>
            Answer(await run(useCase, caller.Actor, body.Value, ct), problems, context))
            .WithName(typeof(TCommand).Name[..^"Command".Length])
            .WithSummary(summary)
            .Produces<Receipt>()
            .RefusesCommand();

    public static IResult Answer(CommandResult result, Problems problems, HttpContext context) =>
        result.Refusal is { } refusal ? problems.Of(context, refusal) : TypedResults.Ok(result.ToReceipt());

    private static async Task<IResult> CalendarAsync(
        string? from, string? months, string? kind, string? team, Caller caller, Paging paging, RetentionReads reads, Problems problems, HttpContext context, CancellationToken ct)
    {
        var (view, refusal) = await reads.CalendarAsync(caller.Actor, RetentionEndpoints.Filter(from, months, kind, team), paging.Page, paging.PageSize, ct);
        return refusal is null ? TypedResults.Ok(view) : problems.Of(context, refusal);
    }

    private static async Task<IResult> PreviewAsync(Caller caller, RulesPreview preview, Problems problems, HttpContext context, CancellationToken ct)
    {
        var (view, _, refusal) = await preview.RunAsync(caller.Actor, ct);
        return refusal is null ? TypedResults.Ok(view) : problems.Of(context, refusal);
    }
}
