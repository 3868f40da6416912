using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.Signals;
using SignalReview.Storage;

namespace SignalReview.Web.Api;

internal static class CasesApi
{
    private const int TagBytes = 12;

    public static void MapCases(this IEndpointRouteBuilder api)
    {
        var cases = api.MapGroup("/cases").WithTags("Cases");
        cases.MapGet("/{id:guid}", ReadAsync)
            .WithName("GetCase")
            .WithSummary("What the caller may see of a case now. Every read is in its trail, also one that is answered with 304.")
            .Produces<CaseView>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        cases.MapGet("/{id:guid}/drafts/{kind}", GetDraftAsync)
            .WithName("GetDraft")
            .WithSummary("One's own draft: signal, interpretation, message, vote, decision or dissent.")
            .ProducesDraft();
        cases.MapPut("/{id:guid}/drafts/{kind}", PutDraftAsync)
            .WithName("SaveDraft")
            .WithSummary("Saves one's own draft, with the revision last seen in If-Match.")
            .SavesDraft();

        cases.MapCaseCommands();
        cases.MapConsultations();
        cases.MapComparing();
        cases.MapRooms();
        cases.MapMinutes();
        cases.MapDecisions();
        cases.MapPrivacyCommands();
        cases.MapImages();
        cases.MapCaseRetention();
    }

    private static async Task<IResult> ReadAsync(
        Guid id, Caller caller, CaseReads reads, Problems problems, IOptions<JsonOptions> json, HttpContext context, CancellationToken ct)
    {
        var (view, refusal) = await reads.ReadAsync(caller.Actor, new CaseId(id), "case", ct);
        if (refusal is not null)
        {
            return problems.Of(context, refusal);
        }

        // Of the very bytes: what a viewer may see also changes without a command, when a deadline passes.
        var bytes = JsonSerializer.SerializeToUtf8Bytes(view, json.Value.SerializerOptions);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, TagBytes));
        var tag = new EntityTagHeaderValue($"\"{view!.Seq}-{hash}\"");
        context.Response.GetTypedHeaders().ETag = tag;
        return context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Bytes(bytes, "application/json; charset=utf-8");
    }

    private static async Task<IResult> GetDraftAsync(
        Guid id, string kind, Caller caller, DraftDoor drafts, Problems problems, HttpContext context, CancellationToken ct) =>
        Enums.TryParse<DraftKind>(kind, out var known)
            ? await drafts.GetAsync(context, caller.Actor, id, known, ct)
            : problems.Of("no-such-address", StatusCodes.Status404NotFound);

    private static async Task<IResult> PutDraftAsync(
        Guid id, string kind, Caller caller, Body<JsonObject> body, DraftDoor drafts, Problems problems, HttpContext context, CancellationToken ct)
    {
        if (!Enums.TryParse<DraftKind>(kind, out var known))
        {
            return problems.Of("no-such-address", StatusCodes.Status404NotFound);
        }

        // A draft that a page could not read back would lock its writer out of it.
        return Check(known, body.Value) is { } fault
            ? problems.Of(fault)
            : await drafts.PutAsync(context, caller.Actor, id, known, body.Value, ct);
    }

    private static BodyFault? Check(DraftKind kind, JsonObject content) => kind switch
    {
        DraftKind.Signal => JsonReading.Read<SignalSubmission>(content, out _),
        DraftKind.Interpretation => JsonReading.Read<Interpretation>(content, out _),
        DraftKind.Decision => JsonReading.Read<DecisionContent>(content, out _),
        DraftKind.Dissent => JsonReading.Read<DissentDraft>(content, out _),
        DraftKind.Message or DraftKind.Vote => null, // what the room's forms keep while somebody types
    };
}
