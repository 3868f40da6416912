using SignalReview.Cases;

namespace SignalReview.Signals.Images;

internal static class ImageRules
{
    /// <summary>Takes away every image of a case that should not have come in; that there were any stays in the trail.</summary>
    public static async Task RemoveAllAsync(Work work, CancellationToken ct)
    {
        foreach (var image in work.File.Images)
        {
            work.AppendAsSystem("image.removed", new ImageRemovedBody(image.AttachmentId));
        }

        await work.ExecuteAsync("signals/delete_attachments", new { CaseId = work.Case }, ct);
    }
}
