using SignalReview.Cases;
using SignalReview.Privacy;
using SignalReview.Privacy.Erasure;
using SignalReview.Privacy.Holds;

namespace SignalReview.Web.Api;

/// <summary>Legal holds and erasure, for privacy officers and for who is the second person.</summary>
internal static class PrivacyApi
{
    public static void MapPrivacyCommands(this IEndpointRouteBuilder cases)
    {
        cases.MapCommand<PlaceHold, PlaceHoldCommand>(
            "place-hold", "Keeps the case from being erased; by the privacy officer.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<LiftHold, LiftHoldCommand>(
            "lift-hold", "Ends a hold, with the reason why.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<RequestErasure, RequestErasureCommand>(
            "request-erasure", "Takes in that somebody wants the case erased.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<CheckErasure, CheckErasureCommand>(
            "check-erasure", "Records what each check came to: every interest has an answer.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<ApproveErasure, ApproveErasureCommand>(
            "approve-erasure", "The second person agrees; never who asked or checked.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<DeclineErasure, DeclineErasureCommand>(
            "decline-erasure", "It will not be done.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<EraseCase, EraseCaseCommand>(
            "erase-case", "Carries out what was approved; there is no way back.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
    }

    public static void MapPrivacy(this IEndpointRouteBuilder api)
    {
        var privacy = api.MapGroup("/privacy").WithTags("Privacy");
        privacy.MapGet("/holds", HoldsAsync)
            .WithName("ListHolds")
            .WithSummary("Legal holds, those that stand first; no word of what was written.")
            .Produces<Page<HoldView>>()
            .ReadsPrivacy();
        privacy.MapGet("/erasures", ErasuresAsync)
            .WithName("ListErasures")
            .WithSummary("Requests for erasure and what came of them, those that wait first; no word of what was written.")
            .Produces<Page<ErasureView>>()
            .ReadsPrivacy();
        privacy.MapGet("/cases/{id:guid}", CaseAsync)
            .WithName("GetPrivacyCase")
            .WithSummary("The holds and erasures of one case, with their reasons; the read is in its trail.")
            .Produces<PrivacyCaseView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ReadsPrivacy();
        privacy.MapGet("/erasures/{id:guid}/certificate", CertificateAsync)
            .WithName("GetErasureCertificate")
            .WithSummary("The signed certificate of an erasure that was done to the end; it names no content.")
            .Produces<ErasureCertificate>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ReadsPrivacy();
    }

    private static void ReadsPrivacy(this RouteHandlerBuilder endpoint) => endpoint
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> HoldsAsync(Caller caller, Paging paging, PrivacyReads reads, Problems problems, HttpContext context, CancellationToken ct)
    {
        var (list, refusal) = await reads.HoldsAsync(caller.Actor, paging.Page, paging.PageSize, ct);
        return refusal is null ? TypedResults.Ok(paging.Of(list!.Items, list.Total, context.Request)) : problems.Of(context, refusal);
    }

    private static async Task<IResult> ErasuresAsync(Caller caller, Paging paging, PrivacyReads reads, Problems problems, HttpContext context, CancellationToken ct)
    {
        var (list, refusal) = await reads.ErasuresAsync(caller.Actor, paging.Page, paging.PageSize, ct);
        return refusal is null ? TypedResults.Ok(paging.Of(list!.Items, list.Total, context.Request)) : problems.Of(context, refusal);
    }

    private static async Task<IResult> CaseAsync(Guid id, Caller caller, PrivacyReads reads, Problems problems, HttpContext context, CancellationToken ct)
    {
        var (view, refusal) = await reads.CaseAsync(caller.Actor, new CaseId(id), ct);
        return refusal is null ? TypedResults.Ok(view) : problems.Of(context, refusal);
    }

    private static async Task<IResult> CertificateAsync(
        Guid id, Caller caller, ErasureCertificates certificates, Problems problems, HttpContext context, CancellationToken ct)
    {
        var (certificate, refusal) = await certificates.IssueAsync(caller.Actor, id, "json", ct);
        return refusal is null ? TypedResults.Ok(certificate) : problems.Of(context, refusal);
    }
}
