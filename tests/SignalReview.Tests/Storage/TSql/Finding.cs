namespace SignalReview.Tests.Storage.TSql;

/// <summary>One thing that is wrong in an SQL file, as an editor can jump to it.</summary>
internal sealed record Finding(string File, int Line, string Message)
{
    public override string ToString() => $"{File}:{Line}: {Message}";
}
