using System.Data.Common;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Trail.Signing;
using SignalReview.Web.Hosting;
using SignalReview.Web.Localization;

namespace SignalReview.Web.Api;

/// <summary>What is nobody's bug but must not pass: a read that could not be logged, a database that stayed busy. Programs may try again.</summary>
internal sealed class DoorExceptions(Problems problems, IDatabase database, IProblemDetailsService writer) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var code = exception switch
        {
            ReadNotLoggedException => "read-not-logged",
            TrailNotWrittenException => "trail-not-written",
            TrailRewrittenException => "trail-alarm",
            CheckpointKeyException => "key-away",
            DbException e when database.IsTransient(e) => "busy",
            _ => null,
        };
        // By now the request's own path is that of the error page.
        if (code is null || !ErrorHandling.IsForPrograms(httpContext.Features.GetRequiredFeature<IExceptionHandlerPathFeature>().Path))
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
