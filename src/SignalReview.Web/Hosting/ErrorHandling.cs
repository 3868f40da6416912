using Microsoft.AspNetCore.Diagnostics;

namespace SignalReview.Web.Hosting;

/// <summary>Programs get problem details, people get a page; both from one place.</summary>
internal static class ErrorHandling
{
    private static readonly string[] ProgramPaths = ["/api", "/hubs", "/demo", "/health", "/openapi"];

    public static void AddErrorHandling(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddExceptionHandler<ProblemExceptionHandler>();
    }

    public static void UseErrorHandling(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error/500",
            CreateScopeForErrors = true,
            StatusCodeSelector = StatusCodeOf,
        });
        app.UseWhen(context => IsForPrograms(context.Request.Path), programs => programs.UseStatusCodePages());
        app.UseWhen(
            context => !IsForPrograms(context.Request.Path),
            people => people.UseStatusCodePagesWithReExecute("/error/{0}", createScopeForStatusCodePages: true));
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
        }
    }

    public static bool IsForPrograms(PathString asked)
        => ProgramPaths.Any(path => asked.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));

    public static int StatusCodeOf(Exception exception) => exception is BadHttpRequestException bad
        ? bad.StatusCode
        : StatusCodes.Status500InternalServerError;
}
