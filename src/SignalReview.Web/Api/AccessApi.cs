using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Privacy.AccessRequests;

namespace SignalReview.Web.Api;

/// <summary>Runs one command of one request by the use case that takes it.</summary>
internal delegate Task<CommandResult> RunAccess<in TUseCase, in TCommand>(TUseCase useCase, Actor actor, CaseId request, TCommand command, CancellationToken ct);

/// <summary>Why a file is taken out, which stands in the trail.</summary>
/// <param name="Reason">To whom it is given, and how.</param>
/// <param name="Data">True: the file for programs.</param>
public sealed record AccessFileRequest(string Reason, bool Data = false);

internal static class AccessApi
{
    public static void MapAccess(this IEndpointRouteBuilder api)
    {
        var access = api.MapGroup("/privacy/access").WithTags("Privacy");
        access.MapGet("", async (Caller caller, AccessReads reads, Problems problems, HttpContext context, CancellationToken ct) =>
                Of(await reads.ListAsync(caller.Actor, ct), problems, context))
            .WithName("ListAccessRequests")
            .WithSummary("Requests for access, the soonest first; for privacy officers, and for the second person what waits for them.")
            .Reads<IReadOnlyList<AccessItem>>();
        access.MapDesk<RegisterAccess, RegisterAccessCommand>("", "Registers a request for access.", static (u, a, c, ct) => u.RunAsync(a, c, ct));
        access.MapGet("/{id:guid}", async (Guid id, Caller caller, AccessReads reads, Problems problems, HttpContext context, CancellationToken ct) =>
                Of(await reads.ReadAsync(caller.Actor, new(id), ct), problems, context))
            .WithName("GetAccessRequest")
            .WithSummary("One request: who asks, what the rules say of it, its cases and their files.")
            .Reads<AccessRequestView>();
        access.MapGet("/{id:guid}/search", async (Guid id, string? words, Caller caller, AccessReads reads, Problems problems, HttpContext context, CancellationToken ct) =>
                Of(await reads.SearchAsync(caller.Actor, new(id), words ?? "", ct), problems, context))
            .WithName("SearchAccess")
            .WithSummary("Cases whose pseudonym holds these words (?words=); the search stands in the request's trail.")
            .Reads<AccessSearchView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        access.MapPost("/{id:guid}/files/{case:guid}", GiveAsync)
            .WithName("GiveAccessFile")
            .WithSummary("The approved file of one case, to be given to the requester; the reason stands in the case's trail.")
            .Produces(StatusCodes.Status200OK, contentType: "text/html")
            .RefusesCommand();
        Map<ExtendAccess, ExtendAccessCommand>("extend", "Takes the longer time to answer, once.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        Map<AddAccessCase, AddAccessCaseCommand>("add-case", "Says that a case belongs to the request.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        Map<DecideAccess, GrantAccessCommand>("grant", "Gives access, by the rules.", static (u, a, id, c, ct) => u.GrantAsync(a, id, c, ct));
        Map<DecideAccess, RefuseAccessCommand>("refuse", "Refuses access, on a ground.", static (u, a, id, c, ct) => u.RefuseAsync(a, id, c, ct));
        Map<AccessFiles, MarkAccessCommand>("mark", "Saves what is blacked out of one case.", static (u, a, id, c, ct) => u.MarkAsync(a, id, c, ct));
        Map<AccessFiles, MakeAccessFileCommand>("make-file", "Makes the file of one case, as marked.", static (u, a, id, c, ct) => u.MakeAsync(a, id, c, ct));
        Map<AccessFiles, JudgeAccessFileCommand>("judge-file", "Approves a file or sends it back; by somebody else.", static (u, a, id, c, ct) => u.JudgeAsync(a, id, c, ct));
        Map<AccessFiles, AnswerAccessCommand>("answer", "Records that the requester has what they asked for.", static (u, a, id, c, ct) => u.AnswerAsync(a, id, c, ct));

        void Map<TUseCase, TCommand>(string name, string summary, RunAccess<TUseCase, TCommand> run)
            where TUseCase : class
            where TCommand : class, ICommand =>
            access.MapPost("/{id:guid}/" + name, async (
                    Guid id, Caller caller, Body<TCommand> body, TUseCase useCase, Problems problems, HttpContext context, CancellationToken ct) =>
                RetentionApi.Answer(await run(useCase, caller.Actor, new(id), body.Value, ct), problems, context))
                .WithName(typeof(TCommand).Name[..^"Command".Length])
                .WithSummary(summary)
                .Produces<Receipt>()
                .RefusesCommand();
    }

    private static IResult Of<T>(AccessResult<T> result, Problems problems, HttpContext context)
        where T : class =>
        result.Refusal is { } refusal ? problems.Of(context, refusal) : TypedResults.Ok(result.View);

    private static RouteHandlerBuilder Reads<T>(this RouteHandlerBuilder endpoint) => endpoint
        .Produces<T>()
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> GiveAsync(
        Guid id, Guid @case, Caller caller, Body<AccessFileRequest> body, AccessReads reads, Problems problems, HttpContext context, CancellationToken ct)
    {
        var (file, refusal) = await reads.FileAsync(caller.Actor, new(id), new(@case), body.Value.Data, body.Value.Reason ?? "", ct);
        return refusal is null ? TypedResults.Bytes(file!.Content, file.Type, file.FileName) : problems.Of(context, refusal);
    }
}
