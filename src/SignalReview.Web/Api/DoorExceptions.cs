using System.Data.Common;
using Microsoft.AspNetCore.Diagnostics;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Trail.Signing;
using SignalReview.Web.Hosting;
using SignalReview.Web.Localization;

namespace SignalReview.Web.Api;

/// <summary>What is nobody's bug but must not pass: a read that could not be logged, a database that stayed busy. Programs and people may try again.</summary>
internal sealed class DoorExceptions(Problems problems, IDatabase database, IProblemDetailsService writer) : IExceptionHandler
{
    /// <returns>Null for what is a bug.</returns>
    public static string? CodeOf(Exception? exception, IDatabase database) => exception switch
    {
        ReadNotLoggedException => "read-not-logged",
        TrailNotWrittenException => "trail-not-written",
        TrailRewrittenException => "trail-alarm",
        CheckpointKeyException => "key-away",
        DossierGoneException => "busy", // erased a moment ago: asked again, it is seen
        DbException e when database.IsTransient(e) => "busy",
        _ => null,
    };

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var code = CodeOf(exception, database);
        if (code is null || !ErrorHandling.IsForPrograms(httpContext))
        {
            return false;
        }

        Languages.Use(httpContext);
        const int Status = StatusCodes.Status503ServiceUnavailable;
        httpContext.Response.StatusCode = Status;
        Problems.SetRetryAfter(httpContext);
        return await writer.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problems.Details(code, Status) });
    }
}
