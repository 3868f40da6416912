using Microsoft.Extensions.Logging;
using SignalReview.Cases;

namespace SignalReview.Workflow;

internal sealed partial class Deadlines
{
    [LoggerMessage(2001, LogLevel.Error, "Deadline {Deadline} of case {Case} could not be fired (try {Failures}); the next try is in {After}")]
    private static partial void LogFailed(ILogger logger, Guid deadline, CaseId @case, int failures, TimeSpan after, Exception e);
}
