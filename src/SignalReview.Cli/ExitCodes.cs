namespace SignalReview.Cli;

internal static class ExitCodes
{
    /// <summary>The command line is wrong. Not 1: for <c>verify</c> that means that a bundle was tampered with.</summary>
    public const int Usage = 2;
}
