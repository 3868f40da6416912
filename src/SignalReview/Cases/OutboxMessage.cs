namespace SignalReview.Cases;

/// <summary>What one command changed, to be told to those who follow the case.</summary>
/// <param name="OutboxId">The row's own number, in the order of the commits.</param>
/// <param name="Case">The case.</param>
/// <param name="Seq">The case's live sequence number after the command; clients see a gap by it.</param>
/// <param name="News">What kinds of things happened.</param>
/// <param name="At">When.</param>
internal sealed record OutboxMessage(long OutboxId, CaseId Case, long Seq, CaseNews News, DateTimeOffset At);

/// <summary>The way out of this process: to the clients that are connected to the hub.</summary>
internal interface IOutboxDelivery
{
    /// <summary>
    /// Hands the message on. It may come again after a crash; messages of one case come in the order of their
    /// <see cref="OutboxMessage.Seq"/>. An exception means that it was not handed on: it is tried again, and what follows in the case waits.
    /// </summary>
    Task DeliverAsync(OutboxMessage message, CancellationToken ct);
}
