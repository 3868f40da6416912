using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.StaticAssets;
using SignalReview.Web.SignIn;

namespace SignalReview.Web.Hosting;

internal static class SecurityHeaders
{
    public static void UseSecurityHeaders(this WebApplication app)
    {
        var policy = ContentPolicy(app.Services.GetRequiredService<SignInSettings>());
        app.Use((context, next) =>
        {
            if (context.Request.OpensSocket())
            {
                Set(context, policy);
                return next(context);
            }

            // Set as the response starts: an error handler may have cleared what was set before.
            context.Response.OnStarting(
                () =>
                {
                    Set(context, policy);
                    return Task.CompletedTask;
                });
            return next(context);
        });
    }

    /// <summary>
    /// A cookie travels along with a request another site made the browser send, SameSite or not when that site is a neighbour
    /// on the same host. Anything that changes state or opens a socket must come from our own pages or from a program.
    /// </summary>
    public static void UseSameOriginOnly(this WebApplication app) => app.Use((context, next) =>
    {
        var isErrorPage = context.Features.Get<IStatusCodeReExecuteFeature>() is not null;
        if (ChangesSomething(context) && IsFromElsewhere(context.Request) && !isErrorPage)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        return next(context);
    });

    // Browsers say where a request comes from in Sec-Fetch-Site; where they do not (plain http on another host), Origin tells.
    // Origin is "null" on our own forms, because our pages send no referrer.
    private static bool IsFromElsewhere(HttpRequest request) => request.Headers["Sec-Fetch-Site"] is [{ Length: > 0 } site]
        ? site is not ("same-origin" or "none")
        : request.Headers.Origin is [{ Length: > 0 } origin] && origin != "null" && !IsOwn(origin, request);

    private static bool ChangesSomething(HttpContext context)
        => context.WebSockets.IsWebSocketRequest
            || context.Request.Headers.Upgrade.Count > 0
            || !(HttpMethods.IsGet(context.Request.Method)
                || HttpMethods.IsHead(context.Request.Method)
                || HttpMethods.IsOptions(context.Request.Method));

    private static bool IsOwn(string origin, HttpRequest request)
        => string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);

    private static void Set(HttpContext context, string policy)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = context.GetEndpoint()?.Metadata.GetMetadata<ContentPolicy>()?.Of(context) ?? policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";

        // Case content must not stay behind in a shared computer's cache. Styles and scripts set their own lifetime.
        var isAsset = context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;
        if (context.User.Identity is { IsAuthenticated: true } && !isAsset)
        {
            headers.CacheControl = "no-store";
        }
    }

    private static string ContentPolicy(SignInSettings settings)
    {
        // Signing out posts a form that the authority answers with a redirect to itself.
        var forms = settings.Oidc is { } oidc ? $"'self' {new Uri(oidc.Authority).GetLeftPart(UriPartial.Authority)}" : "'self'";
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
            + $"form-action {forms}; base-uri 'none'; frame-ancestors 'none'";
    }
}

/// <summary>On an endpoint: a content policy of its own, for a page that cannot do with ours.</summary>
internal sealed record ContentPolicy(Func<HttpContext, string> Of);
