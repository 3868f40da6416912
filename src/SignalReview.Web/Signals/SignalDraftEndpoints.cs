using Microsoft.AspNetCore.Mvc;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Signals;
using SignalReview.Web.Localization;
using SignalReview.Web.SignIn;

namespace SignalReview.Web.Signals;

/// <param name="Path">The field.</param>
/// <param name="Message">What it looks like, with the words.</param>
/// <param name="Words">The words.</param>
/// <param name="Replacement">What to put in their place.</param>
/// <param name="Action">What the button says.</param>
internal sealed record AutosaveWarning(string Path, string Message, string Words, string Replacement, string Action);

/// <param name="Outcome">"saved", "conflict", "unlawful" and so on: a <see cref="SaveStepOutcome"/>.</param>
/// <param name="MadeFrom">What the form sends from now on as the state it was made from.</param>
/// <param name="SavedAt">The clock, as it is shown.</param>
/// <param name="Stored">For a conflict: what stands in the step now, so that a page knows its own lost answer from another's change.</param>
/// <param name="Warnings">What looks like personal data in this step.</param>
internal sealed record AutosaveAnswer(
    string Outcome, string? MadeFrom, string? SavedAt, IReadOnlyDictionary<string, string>? Stored, IReadOnlyList<AutosaveWarning> Warnings);

internal static class SignalDraftEndpoints
{
    public static void AddSignalDrafts(this IServiceCollection services) =>
        services.AddSingleton<SignalDrafts>().AddSingleton<PersonalDataWords>();

    /// <summary>Where the page saves while somebody types; the form itself posts to its own page and works without this.</summary>
    public static void MapSignalDrafts(this IEndpointRouteBuilder app) =>
        app.MapPost("/signals/{id:guid}/{step}/autosave", SaveAsync).ExcludeFromDescription();

    private static async Task<IResult> SaveAsync(
        Guid id,
        string step,
        [FromForm] IFormCollection form,
        HttpContext http,
        Actors actors,
        SignalDrafts drafts,
        PersonalDataWords words,
        TimeWords times)
    {
        var ct = http.RequestAborted;
        if (SignalSteps.Find(step) is not { } asked || asked == SignalStep.Check
            || await actors.FindAsync(http.User.RequiredSubject(), "web", ct) is not { } actor)
        {
            return TypedResults.NotFound();
        }

        var result = await drafts.SaveAsync(actor, new CaseId(id), StepValues.Of(asked, form), form["madeFrom"], ct);
        var stored = StepValues.Of(asked, result.Stored);
        return TypedResults.Json(new AutosaveAnswer(
            Storage.Enums.Text(result.Outcome),
            stored.Fingerprint,
            result.SavedAt is { } at ? times.Clock(at) : null,
            result.Outcome == SaveStepOutcome.Conflict ? SignalFields.Of(asked).ToDictionary(f => f.Path, f => stored[f], StringComparer.Ordinal) : null,
            result.Outcome == SaveStepOutcome.Saved ? Warnings(new(id), asked, result.Stored.Signal, words) : []));
    }

    private static List<AutosaveWarning> Warnings(CaseId caseId, SignalStep step, SignalSubmission signal, PersonalDataWords words)
    {
        var pseudonym = BirdNames.PseudonymOf(caseId, signal);
        return
        [
            .. PersonalDataScanner.Scan(signal)
                .Select(finding => (finding, field: SignalFields.Find(finding.Path)))
                .Where(found => found.field?.Step == step)
                .DistinctBy(found => (found.field!.Path, found.finding.Text))
                .Select(found => new AutosaveWarning(
                    found.field!.Path,
                    words.Warning(found.finding),
                    found.finding.Text,
                    words.Replacement(found.finding.Kind, pseudonym),
                    words.Action(found.finding, pseudonym))),
        ];
    }
}
