using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using SignalReview.Cases;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Hubs;

/// <summary>A process that dies between its commit and the delivery loses no news.</summary>
[NonParallelizable]
internal sealed class CrashTests
{
    [Test]
    public async Task What_was_acknowledged_before_a_crash_is_told_after_the_restart()
    {
        var image = Directory.CreateTempSubdirectory("signalreview-crash-");
        try
        {
            Guid caseId;
            long seq;
            await using (var dying = WebHost.Start(services => services.Replace(ServiceDescriptor.Singleton<IOutboxDelivery, Stuck>())))
            {
                await using var doors = new Doors(dying);
                var readers = await doors.ToVoteAsync();
                Stuck.Case = doors.Case; // the demo's own cases have votes too
                var vote = await doors.GiveAsync("w2", "cast-vote", Doors.Vote());
                (caseId, seq) = (doors.Case, vote["seq"]!.GetValue<long>());
                Assert.That(readers, Is.Not.Empty);
                // The pump has claimed what was committed and hangs in the middle of it: this is what a killed process leaves on disk.
                await Stuck.Entered.Task.WaitAsync(TimeSpan.FromSeconds(20));
                Copy(dying.DataFolder, image.FullName);
                Stuck.Release.SetResult();
            }

            var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
            var delivered = new Recorder();
            await using var restarted = WebHost.Start(
                services => services
                    .Replace(ServiceDescriptor.Singleton<TimeProvider>(time))
                    .Replace(ServiceDescriptor.Singleton<IOutboxDelivery>(delivered)),
                settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["Data"] = image.FullName });
            await using var later = new Doors(restarted);
            var listener = await later.ListenAsync("w2");
            var back = await listener.JoinAsync(caseId, seq - 1);
            var tooSoon = delivered.Heard(caseId, seq);
            time.Advance(Outbox.Lease + TimeSpan.FromSeconds(1));
            var clock = Stopwatch.StartNew();
            while (!delivered.Heard(caseId, seq))
            {
                Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)), "it was never delivered");
                await Task.Delay(20);
            }

            using (Assert.EnterMultipleScope())
            {
                Assert.That(tooSoon, Is.False, "the dead process still holds its claim");
                Assert.That(back["view"]!["room"]!["ballot"]!["mine"], Is.Not.Null, "what was acknowledged is there");
                Assert.That(back["missed"]![0]!["types"]!.AsArray().Select(t => t!.GetValue<string>()), Does.Contain("vote.cast"));
            }
        }
        finally
        {
            image.Delete(recursive: true);
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            var folder = Path.GetDirectoryName(target)!;
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                // The keys' folder must stay its owner's alone.
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            File.Copy(file, target);
        }
    }

    private sealed class Recorder : IOutboxDelivery
    {
        private readonly ConcurrentQueue<OutboxMessage> messages = new();

        public bool Heard(Guid caseId, long seq) => messages.Any(m => m.Case.Value == caseId && m.Seq == seq && m.News.Types.Contains("vote.cast"));

        public Task DeliverAsync(OutboxMessage message, CancellationToken ct)
        {
            messages.Enqueue(message);
            return Task.CompletedTask;
        }
    }

    private sealed class Stuck : IOutboxDelivery
    {
        public static Guid Case { get; set; }

        public static TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public static TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task DeliverAsync(OutboxMessage message, CancellationToken ct)
        {
            if (message.News.Types.Contains("vote.cast") && message.Case.Value == Case)
            {
                Entered.TrySetResult();
                await Release.Task.WaitAsync(ct);
            }
        }
    }
}
