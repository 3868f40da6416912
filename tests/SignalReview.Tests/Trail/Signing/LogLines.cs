using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SignalReview.Tests.Trail.Signing;

/// <summary>What was logged, by event id.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, int Id, string Text)> lines = new();

    public int Errors(int id) => lines.Count(line => line.Level == LogLevel.Error && line.Id == id);

    public IEnumerable<string> Texts => lines.Select(line => line.Text);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue((logLevel, eventId.Id, formatter(state, exception)));

    public void Dispose()
    {
        // Kept for the test that looks.
    }
}
