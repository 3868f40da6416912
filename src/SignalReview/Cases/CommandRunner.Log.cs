using Microsoft.Extensions.Logging;

namespace SignalReview.Cases;

internal sealed partial class CommandRunner
{
    [LoggerMessage(1001, LogLevel.Debug, "{Command} is run again (attempt {Attempt})")]
    private static partial void LogRetry(ILogger logger, string command, int attempt, Exception e);

    [LoggerMessage(1002, LogLevel.Warning, "{Command} was refused: the database stayed busy")]
    private static partial void LogBusy(ILogger logger, string command, Exception e);

    [LoggerMessage(1003, LogLevel.Warning, "Case {Case}: what the last command overwrote could not all be destroyed; the next start does it")]
    private static partial void LogUntidy(ILogger logger, CaseId @case, Exception e);
}
