using SignalReview.Trail;

namespace SignalReview.Tests.Trail;

internal static class SignerExtensions
{
    /// <summary>Signs at once; only a key that is elsewhere would have to be waited for, and a test's is a file.</summary>
    public static string SignText(this CheckpointSigner signer, string text)
    {
        var signing = signer.SignTextAsync(text, CancellationToken.None);
        return signing.IsCompletedSuccessfully ? signing.GetAwaiter().GetResult() : throw new InvalidOperationException("The test's key is not at hand.");
    }
}
