using Microsoft.Extensions.Logging;

namespace SignalReview.Privacy.Erasure;

internal sealed partial class Destruction
{
    [LoggerMessage(8001, LogLevel.Warning, "{Erasures} erasures wait to be done to the end: an export or a reader is in the way; it is tried again")]
    private static partial void LogInTheWay(ILogger logger, int erasures);

    [LoggerMessage(8002, LogLevel.Error, "{Erasures} erasures are not yet done to the end: the list or a key could not be written; it is tried again")]
    private static partial void LogNotDestroyed(ILogger logger, int erasures, Exception e);
}
