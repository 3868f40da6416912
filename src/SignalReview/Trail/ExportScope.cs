using System.Runtime.InteropServices;
using SignalReview.Cases;

namespace SignalReview.Trail;

/// <summary>How much of the trail is exported.</summary>
internal abstract record ExportScope
{
    private ExportScope()
    {
    }

    public sealed record OfCase(CaseId Id) : ExportScope;

    /// <summary>From the first day up to and including the last, by the calendar of the house.</summary>
    public sealed record OfPeriod(DateOnly From, DateOnly To) : ExportScope;

    public sealed record OfEverything : ExportScope;
}

/// <summary>How far an export is.</summary>
/// <param name="Done">Events that are in the bundle.</param>
/// <param name="Total">Events that will be.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ExportProgress(long Done, long Total);
