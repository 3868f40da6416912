using System.Text.Json;
using SignalReview.Trail.Bundles.Pages;

namespace SignalReview.Trail.Bundles;

/// <summary>
/// A file of a bundle that tells its events in another form, for people or programs. It is signed and hashed as every file is; that it says the
/// same as the events is the organisation's word. Events pass through once: what comes after them waits in a <see cref="Spool"/>.
/// </summary>
internal interface IBundleDocument : IDisposable
{
    /// <summary>Below <c>data/</c>; stands in <see cref="BundleLayout.Always"/> or <see cref="BundleLayout.Optional"/>, so that a verifier knows it.</summary>
    string Name { get; }

    /// <param name="header">The next event's.</param>
    /// <param name="source">The event as it goes into the bundle: without what the profile leaves out.</param>
    /// <param name="body">Its body, if it is there.</param>
    void Add(EventHeader header, BundleEvent source, JsonElement? body);

    /// <summary>Writes the whole file.</summary>
    Task WriteAsync(Stream output, Checkpoint checkpoint, CancellationToken ct);
}

/// <summary>Which documents a bundle has.</summary>
internal static class BundleDocuments
{
    /// <summary>In the order in which they are written. A range has no prov.json: docs/adr/0023 says why.</summary>
    public static IReadOnlyList<IBundleDocument> Of(BundleRequest request)
    {
        var ofCase = request.Scope == BundleScope.Case;
        var report = new KeptReport(ofCase ? new ReportWriter(request) : new RangeReportWriter(request), request.TemporaryFolder);
        var pages = new ReportPdf(request, report);
        return ofCase ? [report, pages, new ProvWriter(request)] : [report, pages];
    }
}
