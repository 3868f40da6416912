using Microsoft.Extensions.Logging;

namespace SignalReview.Storage;

internal sealed partial class Migrator
{
    [LoggerMessage(EventId = 1001, Level = LogLevel.Information, Message = "Applied migration {Script}")]
    private partial void Applied(string script);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Information, Message = "The database is busy while migrating, attempt {Attempt}")]
    private partial void Waiting(int attempt, Exception exception);
}
