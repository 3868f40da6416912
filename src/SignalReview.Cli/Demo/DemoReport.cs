using System.Globalization;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.Demo;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Trail.Bundles;
using Spectre.Console;

namespace SignalReview.Cli.Demo;

/// <summary>How one case went.</summary>
/// <param name="Demo">The case.</param>
/// <param name="View">How the auditor's bundle's owner sees it at the end; null when it could not be played.</param>
/// <param name="Verified">What verifying its bundle came to.</param>
/// <param name="Problem">What was not as the data say; null when all was.</param>
internal sealed record DemoReport(DemoCase Demo, CaseView? View, VerificationResult? Verified, string? Problem)
{
    private const string Auditor = "w10";

    private static readonly ReportLabels Words = ReportLabels.For("en");

    public static async Task<DemoReport> PlayAsync(DemoCase demo, HttpDoor door, Action<string> progress, CancellationToken ct)
    {
        try
        {
            var id = await new DemoPlay(door, progress).RunAsync(demo, CasePhase.Closed, ct);
            var view = await door.ViewAsync(demo.Stopped?.By ?? demo.Owner!, id, ct);
            progress($"{Auditor} exports the trail and verifies it");
            var key = VerifierKey.Parse(await door.VerifierKeyAsync(Auditor, ct));
            var verified = await VerifyAsync(await door.ExportAsync(Auditor, id, "Demo", ct), key, ct);
            return new(demo, view, verified, Compare(demo, view, verified));
        }
        catch (Exception e) when (e is DemoFailedException or HttpRequestException or IOException)
        {
            return new(demo, null, null, e.Message);
        }
    }

    public string[] Cells() =>
    [
        Demo.Key,
        Number(View?.Readings.Revealed?.Count ?? 0),
        Number(View?.Room?.Rounds.Count ?? 0),
        View?.Phase == CasePhase.Stopped ? "Stopped" : LastDecision?.Content?.Outcome is { } outcome ? Words.Value(Enums.Text(outcome)) : "–",
        View?.Dissents.Any(d => d.State == DissentState.Stated) == true ? "yes" : "–",
        Verified is null ? "–" : Number(Verified.Events),
        Verified?.Verdict.ToString() ?? "–",
        Problem is null ? "[green]yes[/]" : $"[red]{Markup.Escape(Problem)}[/]",
    ];

    private DecisionView? LastDecision => View is { Decisions: [.., var last] } ? last : null;

    private static string? Compare(DemoCase demo, CaseView view, VerificationResult verified)
    {
        if (verified.Verdict != Verdict.Valid)
        {
            return $"the trail is {verified.Verdict}";
        }

        if (demo.Stopped is not null)
        {
            return view.Phase == CasePhase.Stopped ? null : $"phase {view.Phase} instead of Stopped";
        }

        var phase = demo.Review is null ? CasePhase.FollowUp : CasePhase.Closed;
        if (view.Phase != phase)
        {
            return $"phase {view.Phase} instead of {phase}";
        }

        if (view.Readings.Revealed?.Count != demo.Readings!.Count)
        {
            return $"{view.Readings.Revealed?.Count} readings instead of {demo.Readings.Count}";
        }

        if (!view.Room!.Rounds.Select(r => r.Votes.Count).SequenceEqual(demo.Rounds!.Select(r => r.Count)))
        {
            return "not all votes of the data were counted";
        }

        if (view.Decisions[^1] is not { State: DecisionState.Approved } decision || decision.Content?.Outcome != demo.Decision!.Outcome)
        {
            return $"the decision is not the approved {demo.Decision!.Outcome}";
        }

        var stated = view.Dissents.SingleOrDefault(d => d.State == DissentState.Stated)?.Statement;
        return stated == demo.Dissent?.Statement ? null : "the dissent is not as it was stated";
    }

    private static async Task<VerificationResult> VerifyAsync(string path, VerifierKey key, CancellationToken ct)
    {
        try
        {
            await using var bundle = File.OpenRead(path);
            return await BundleVerifier.VerifyAsync(bundle, key, since: null, ct);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
