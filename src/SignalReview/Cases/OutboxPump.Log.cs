using Microsoft.Extensions.Logging;

namespace SignalReview.Cases;

internal sealed partial class OutboxPump
{
    [LoggerMessage(1011, LogLevel.Error, "Looking into the outbox failed; it is tried again")]
    private static partial void LogLookFailed(ILogger logger, Exception e);

    [LoggerMessage(1012, LogLevel.Error, "Message {OutboxId} of case {CaseId} was not delivered; it is tried again")]
    private static partial void LogDeliveryFailed(ILogger logger, long outboxId, CaseId caseId, Exception e);
}
