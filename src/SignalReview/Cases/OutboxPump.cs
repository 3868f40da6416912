using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SignalReview.Cases;

/// <summary>
/// Delivers what was committed: at least once, a case's messages in order. Woken by a commit of this process; it also looks by itself, for the
/// commits of others and for what a process left behind when it died.
/// </summary>
internal sealed partial class OutboxPump(
    Outbox outbox, IOutboxDelivery delivery, CommitSignal commits, TimeProvider time, ILogger<OutboxPump> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    // Commands that follow one another closely share a transaction of the outbox. Nobody sees the difference: who is connected to the process
    // that committed was told at once; the outbox is for what must not be lost when that process dies.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan CleanEvery = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = OutboxBatch.None;
        var cleanAt = time.GetUtcNow();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var next = commits.Next;
                batch = await outbox.NextAsync(batch, stoppingToken);
                if (!batch.IsEmpty)
                {
                    await DeliverAsync(batch, stoppingToken);
                    await Task.Delay(Gather, stoppingToken);
                    continue;
                }

                if (time.GetUtcNow() >= cleanAt)
                {
                    await outbox.DeleteOldAsync(stoppingToken);
                    cleanAt = time.GetUtcNow() + CleanEvery;
                }

                await CommitSignal.WaitAsync(next, Look, stoppingToken);
                await Task.Delay(Gather, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                // The batch is kept: what was delivered is settled at the next look.
                LogLookFailed(logger, e);
                await Task.Delay(Look, CancellationToken.None);
            }
        }

        await SettleLastAsync(batch);
    }

    private async Task DeliverAsync(OutboxBatch batch, CancellationToken ct)
    {
        foreach (var message in batch.Messages)
        {
            if (time.GetUtcNow() >= batch.Until)
            {
                return; // the claim has run out: the rest may be another's by now
            }

            if (batch.HasFailed(message.Case))
            {
                continue;
            }

            try
            {
                await delivery.DeliverAsync(message, ct);
                batch.Delivered(message);
            }
            catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                // One case's fault must not keep the news of all others from going out.
                LogDeliveryFailed(logger, message.OutboxId, message.Case, e);
                batch.Failed(message);
            }
        }
    }

    /// <summary>At a normal stop nothing has to wait for a claim to run out; when this fails it does.</summary>
    private async Task SettleLastAsync(OutboxBatch batch)
    {
        try
        {
            await outbox.SettleAsync(batch, CancellationToken.None);
        }
        catch (Exception e)
        {
            LogLookFailed(logger, e);
        }
    }
}
