namespace SignalReview.Cli;

internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>The command did its work, and the answer is no.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong. Not 1: for <c>verify</c> that means that a bundle was tampered with.</summary>
    public const int Usage = 2;
}
