using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Web.Api;

/// <summary>What a command came to.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Seq">Its live sequence number; the hub's events carry the same.</param>
/// <param name="Created">The id of what was made, where something was.</param>
public sealed record Receipt(CaseId CaseId, long Seq, Guid? Created);

/// <summary>Runs one command of one case by the use case that takes it.</summary>
internal delegate Task<CommandResult> RunCommand<in TUseCase, in TCommand>(
    TUseCase useCase, Actor actor, CaseId caseId, TCommand command, CancellationToken ct);

internal static class CommandEndpoints
{
    /// <summary>POST of one command: 200 with the receipt, also when the same command comes again.</summary>
    public static RouteHandlerBuilder MapCommand<TUseCase, TCommand>(
        this IEndpointRouteBuilder group, string name, string summary, RunCommand<TUseCase, TCommand> run)
        where TUseCase : class
        where TCommand : class, ICommand =>
        group.MapPost("/{id:guid}/" + name, async (
                Guid id, Caller caller, Body<TCommand> body, TUseCase useCase, Problems problems, HttpContext context, CancellationToken ct) =>
            {
                var result = await run(useCase, caller.Actor, new CaseId(id), body.Value, ct);
                return result.Refusal is { } refusal ? (IResult)problems.Of(context, refusal) : TypedResults.Ok(result.ToReceipt());
            })
            .WithName(typeof(TUseCase).Name)
            .WithSummary(summary)
            .Produces<Receipt>()
            .RefusesCommand();

    public static Receipt ToReceipt(this CommandResult result) => new(result.Case, result.Seq, result.Created);

    /// <summary>The problems that any command may meet.</summary>
    public static RouteHandlerBuilder RefusesCommand(this RouteHandlerBuilder endpoint) => endpoint
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
