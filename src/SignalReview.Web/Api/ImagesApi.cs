using SignalReview.Cases;
using SignalReview.Signals.Images;

namespace SignalReview.Web.Api;

internal static class ImagesApi
{
    public static void MapImages(this IEndpointRouteBuilder cases)
    {
        cases.MapPost("/{id:guid}/images", AttachAsync)
            .WithName(nameof(AttachImage))
            .WithSummary("Adds an image to one's signal: the bytes (JPEG, PNG or WebP) as the body, description first. Metadata is taken off.")
            .Accepts<byte[]>("image/jpeg", "image/png", "image/webp")
            .Produces<Receipt>()
            .RefusesCommand();
        cases.MapGet("/{id:guid}/images/{image:guid}", ReadAsync)
            .WithName("GetImage")
            .WithSummary("One image, as JPEG, for who may see the whole signal. Every read is in the case's trail.")
            .Produces<byte[]>(contentType: "image/jpeg")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        cases.MapCommand<RemoveImage, RemoveImageCommand>(
            "remove-image", "Takes an image away again, for good.", (useCase, actor, id, command, ct) => useCase.RunAsync(actor, id, command, ct));
    }

    /// <param name="id">The case.</param>
    /// <param name="commandId">Made by the client.</param>
    /// <param name="description">What is to be seen on the image.</param>
    private static async Task<IResult> AttachAsync(
        Guid id, Guid commandId, string? description, Caller caller, AttachImage attach, Problems problems, HttpContext context, CancellationToken ct)
    {
        if (await ReadBodyAsync(context.Request, ct) is not { } image)
        {
            return problems.Of("too-large", StatusCodes.Status413PayloadTooLarge);
        }

        var result = await attach.RunAsync(caller.Actor, new CaseId(id), commandId, description, image, ct);
        return result.Refusal is { } refusal ? problems.Of(context, refusal) : TypedResults.Ok(result.ToReceipt());
    }

    private static async Task<IResult> ReadAsync(
        Guid id, Guid image, Caller caller, ImageReads images, Problems problems, HttpContext context, CancellationToken ct) =>
        await images.ReadAsync(caller.Actor, new CaseId(id), image, ct) is { } jpeg
            ? TypedResults.Bytes(jpeg, "image/jpeg")
            : problems.Of(context, Refusal.NotFound);

    /// <returns>Null when it is more than an image may have.</returns>
    private static async Task<byte[]?> ReadBodyAsync(HttpRequest request, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = await request.Body.ReadAsync(buffer, ct)) > 0;)
        {
            if (bytes.Length + read > ImageCleaner.MostBytes)
            {
                return null;
            }

            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }
}
