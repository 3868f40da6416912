namespace SignalReview.Web.Hosting;

internal sealed partial class ProblemExceptionHandler
{
    [LoggerMessage(EventId = 9001, Level = LogLevel.Error, Message = "Unhandled exception on {Method} {Path}")]
    private static partial void LogUnhandled(ILogger logger, Exception exception, string method, PathString path);
}
