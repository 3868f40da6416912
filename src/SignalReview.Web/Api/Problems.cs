using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SignalReview.Cases;
using SignalReview.Web.Localization;

namespace SignalReview.Web.Api;

/// <summary>
/// Refusals as problem details (RFC 9457). The type is stable and named after the code; title, detail and <c>next</c> are in the language of
/// the request. docs/guides/api.md lists every code.
/// </summary>
internal sealed class Problems(RefusalTexts texts)
{
    public const string TypeBase = "https://signalreview.example/problems/";

    private const string RetryAfterSeconds = "1";

    public ProblemHttpResult Of(HttpContext context, Refusal refusal)
    {
        if (refusal.Kind == RefusalKind.Busy)
        {
            SetRetryAfter(context);
        }

        return TypedResults.Problem(Details(texts.Of(refusal), StatusOf(refusal.Kind)));
    }

    /// <summary>One of the door's own refusals.</summary>
    public ProblemHttpResult Of(string code, int status, params (string Name, object? Value)[] extensions)
    {
        var details = Details(texts.Of(code), status);
        foreach (var (name, value) in extensions)
        {
            details.Extensions[name] = value;
        }

        return TypedResults.Problem(details);
    }

    public ProblemHttpResult Of(BodyFault fault)
    {
        var status = fault.Code switch
        {
            "too-large" => StatusCodes.Status413PayloadTooLarge,
            "unsupported-media-type" => StatusCodes.Status415UnsupportedMediaType,
            _ => StatusCodes.Status400BadRequest,
        };
        var text = texts.Of(fault.Code);
        if (fault is { Path: { } path, Why: { } why })
        {
            var reason = texts.Reason(why, fault.Args);
            text = text with { Detail = string.Format(CultureInfo.CurrentCulture, text.Detail, path, reason) };
            var details = Details(text, status);
            details.Extensions["path"] = path;
            return TypedResults.Problem(details);
        }

        return TypedResults.Problem(Details(text, status));
    }

    /// <summary>Gives an answer that the framework makes by itself (401, 404, 405 …) our words and our type.</summary>
    public void Complete(ProblemDetails details, HttpContext context)
    {
        if (details.Type?.StartsWith(TypeBase, StringComparison.Ordinal) == true)
        {
            return;
        }

        Languages.Use(context);
        var code = CodeOf(details.Status ?? context.Response.StatusCode);
        var text = texts.Of(code);
        details.Type = TypeBase + code;
        details.Title = text.Title;
        details.Detail = text.Detail;
        details.Extensions["code"] = code;
        details.Extensions["next"] = text.Next;
    }

    public static void SetRetryAfter(HttpContext context) => context.Response.Headers.RetryAfter = RetryAfterSeconds;

    public ProblemDetails Details(string code, int status) => Details(texts.Of(code), status);

    private static ProblemDetails Details(RefusalText text, int status)
    {
        var details = new ProblemDetails { Type = TypeBase + text.Code, Title = text.Title, Detail = text.Detail, Status = status };
        details.Extensions["code"] = text.Code;
        details.Extensions["next"] = text.Next;
        if (text.Fields.Count > 0)
        {
            details.Extensions["fields"] = text.Fields;
        }

        return details;
    }

    private static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Busy => StatusCodes.Status503ServiceUnavailable,
    };

    private static string CodeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "unauthorized",
        StatusCodes.Status403Forbidden => "forbidden",
        StatusCodes.Status404NotFound => "no-such-address",
        StatusCodes.Status405MethodNotAllowed => "method-not-allowed",
        StatusCodes.Status413PayloadTooLarge => "too-large",
        StatusCodes.Status415UnsupportedMediaType => "unsupported-media-type",
        StatusCodes.Status503ServiceUnavailable => "busy",
        >= StatusCodes.Status500InternalServerError => "unexpected",
        _ => "bad-request",
    };
}
