using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using SignalReview.Storage;
using SignalReview.Web.Api;
using SignalReview.Web.Hubs;

namespace SignalReview.Web.Hosting;

/// <summary>Programs get problem details, people get a page; both from one place.</summary>
internal static class ErrorHandling
{
    private static readonly string[] ProgramPaths = ["/api", HubSetup.Root, "/demo", "/health", "/openapi"];

    public static void AddErrorHandling(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddExceptionHandler<ProblemExceptionHandler>();
    }

    public static void UseErrorHandling(this WebApplication app)
    {
        var database = app.Services.GetRequiredService<IDatabase>();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error/500",
            CreateScopeForErrors = true,
            // ProblemExceptionHandler logs what is a fault of this program, once; a request that is wrong is its sender's to mend.
            SuppressDiagnosticsCallback = _ => true,
            StatusCodeSelector = exception => DoorExceptions.CodeOf(exception, database) is null ? StatusCodeOf(exception) : StatusCodes.Status503ServiceUnavailable,
        });
        app.UseWhen(context => IsForPrograms(context.Request.Path) && !context.Request.OpensSocket(), programs => programs.UseStatusCodePages());
        app.UseWhen(
            context => !IsForPrograms(context.Request.Path),
            people => people.UseStatusCodePagesWithReExecute("/error/{0}", createScopeForStatusCodePages: true));
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
        }
    }

    /// <summary>
    /// A form whose token does not fit (the page stood open for days, or somebody signed in again in another tab) gets the page that says so,
    /// instead of the framework's own words. After <c>UseAntiforgery</c>.
    /// </summary>
    public static void UseExpiredForms(this WebApplication app) => app.Use((context, next) =>
    {
        var isErrorPage = context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null;
        if (isErrorPage || !IsExpiredForm(context) || IsForPrograms(context.Request.Path))
        {
            return next(context);
        }

        context.Request.Method = HttpMethods.Get; // the page of the error must not look for a form in what came in
        context.Response.StatusCode = IsTooLarge(context) ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    });

    /// <summary>A form that is too large to be read has no token that fits either; what is wrong with it is its size.</summary>
    private static bool IsTooLarge(HttpContext context)
        => context.Request.ContentLength > context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;

    public static bool IsExpiredForm(HttpContext? context) => context?.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false };

    public static bool IsForPrograms(PathString asked)
        => ProgramPaths.Any(path => asked.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));

    /// <summary>Who asked: while an exception is handled the request's own path is that of the error page.</summary>
    public static bool IsForPrograms(HttpContext context)
        => IsForPrograms(context.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? context.Request.Path);

    public static int StatusCodeOf(Exception exception) => exception is BadHttpRequestException bad
        ? bad.StatusCode
        : StatusCodes.Status500InternalServerError;
}
