using SignalReview.Web.Tests.Pages.Cases;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Pages.Privacy;

/// <summary>What privacy officer and second person do, by the pages' forms.</summary>
internal sealed class PrivacyWalk
{
    private PrivacyWalk(CaseWalk open, string request, string erased) => (Open, Request, Erased) = (open, request, erased);

    /// <summary>A case with a hold that was lifted, and a request that is to be checked.</summary>
    public CaseWalk Open { get; }

    public string Request { get; }

    /// <summary>The request by which the given case was erased.</summary>
    public string Erased { get; }

    public static async Task<PrivacyWalk> StartAsync(WebHost host, CaseWalk erased)
    {
        var open = await CaseWalk.FollowingUpAsync(host);
        await open.CloseAsync();
        using var officer = await FormSurfer.AsAsync(host, CaseWalk.PrivacyOfficer);
        var path = $"/privacy/cases/{open.Case}";
        await officer.DoAsync((await officer.OpenAsync(path)).Form("placeHold").With("ground", "claim").With("reason", "Er is een claim."));
        await officer.DoAsync((await officer.OpenAsync(path)).Form("liftHold").With("reason", "Voorbij."));
        await officer.DoAsync((await officer.OpenAsync(path)).Form("placeHold").With("ground", "complaint").With("reason", "Er is een klacht.").With("forWhom", "de commissie"));
        var request = await RequestAsync(officer, open.Case.ToString());
        var hold = (await officer.OpenAsync(path)).Form("liftHold").With("reason", "Afgehandeld.");
        await officer.DoAsync(hold);
        return new(open, request, await EraseAsync(host, erased.Case.ToString()));
    }

    /// <returns>The address of the request.</returns>
    public static async Task<string> RequestAsync(FormSurfer officer, string @case)
    {
        var page = await officer.DoAsync((await officer.OpenAsync($"/privacy/cases/{@case}")).Form("requestErasure")
            .With("ground", "consentWithdrawn").With("askedBy", "subject").With("explanation", "Zij wil het weg."));
        var at = page.Html.IndexOf("/privacy/erasures/", StringComparison.Ordinal);
        return page.Html.Substring(at, "/privacy/erasures/".Length + 36);
    }

    public static SurfedForm Checked(SurfedPage page) => page.Form("checkErasure")
        .With("interests.reportingCode.outcome", "absent")
        .With("interests.otherSubject.outcome", "yields")
        .With("interests.otherSubject.reasoning", "Zij is volwassen.")
        .With("interests.claim.outcome", "absent");

    public static async Task<string> EraseAsync(WebHost host, string @case)
    {
        using var officer = await FormSurfer.AsAsync(host, CaseWalk.PrivacyOfficer);
        using var second = await FormSurfer.AsAsync(host, CaseWalk.Coordinator);
        var erasure = await RequestAsync(officer, @case);
        await officer.DoAsync(Checked(await officer.OpenAsync(erasure)));
        await second.DoAsync((await second.OpenAsync(erasure)).Form("approveErasure"));
        await officer.DoAsync((await officer.OpenAsync(erasure)).Form("eraseCase"));
        return erasure;
    }
}
