using System.Data.Common;
using Microsoft.AspNetCore.SignalR;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Web.Localization;

namespace SignalReview.Web.Hubs;

/// <summary>
/// Around every call: the language of the connection, and for an exception (a bug, or broken infrastructure) one log line and an error that
/// says no more than its code and what to do. Refusals never come this way; they are answers.
/// </summary>
internal sealed partial class HubFilter(RefusalTexts texts, IDatabase database, ILogger<HubFilter> logger) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        // A call runs on its own, long after the request that opened the connection.
        Languages.Use(invocationContext.Context.GetHttpContext());
        try
        {
            return await next(invocationContext);
        }
        catch (Exception e) when (e is not HubException and not OperationCanceledException)
        {
            var code = e switch
            {
                ReadNotLoggedException => "read-not-logged",
                TrailNotWrittenException => "trail-not-written",
                DbException db when database.IsTransient(db) => "busy",
                _ => "unexpected",
            };
            LogFailed(logger, invocationContext.HubMethodName, invocationContext.Context.ConnectionId, e);
            var text = texts.Of(code);
            throw new HubException($"{code}: {text.Title}. {text.Next}", e);
        }
    }

    [LoggerMessage(8011, LogLevel.Error, "{Method} failed on connection {ConnectionId}")]
    private static partial void LogFailed(ILogger logger, string method, string connectionId, Exception e);
}
