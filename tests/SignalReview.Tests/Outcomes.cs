using SignalReview.Cases;

namespace SignalReview.Tests;

/// <summary>Says of a command's result what a test expects.</summary>
internal static class Outcomes
{
    public static void ShouldBeDone(this CommandResult result) =>
        Assert.That(result.Done, Is.True, $"{result.Refusal?.Code} {string.Join(", ", result.Refusal?.Fields ?? [])}");

    public static void ShouldBeRefused(this CommandResult result, string code, RefusalKind kind = RefusalKind.Conflict) =>
        Assert.That((result.Refusal?.Code, result.Refusal?.Kind), Is.EqualTo((code, kind)));

    public static void ShouldBeForbidden(this CommandResult result, string code = "not-yours") => result.ShouldBeRefused(code, RefusalKind.Forbidden);

    /// <summary>Refused, and these fields are the reason; no others.</summary>
    public static void ShouldMiss(this CommandResult result, params string[] problems)
    {
        Assert.That(result.Refusal?.Code, Is.EqualTo("invalid"));
        Assert.That(result.Refusal!.Fields!.Select(f => $"{f.Path} {f.Code}"), Is.EquivalentTo(problems));
    }
}
