using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Trail;

namespace SignalReview.Tests;

/// <summary>One case, exported by whoever may; how lately they signed in is not what the test is about.</summary>
internal static class ExportingCases
{
    public static Task<TrailExportResult> RunAsync(this TrailExport export, Actor actor, CaseId caseId, TrailExportRequest request, CancellationToken ct) =>
        export.RunAsync(actor, new ExportScope.OfCase(caseId), request, job: null, progress: null, ct);
}
