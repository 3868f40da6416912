using Microsoft.AspNetCore.Components;
using SignalReview.Cases;
using SignalReview.Privacy;
using SignalReview.Web.Components.Pages.Cases;

namespace SignalReview.Web.Components.Pages.Privacy;

/// <summary>A page about the holds and erasures of one case: of the case itself no word is on it.</summary>
public abstract class PrivacyPage : CasePage
{
    /// <summary>Null until it was read.</summary>
    public PrivacyCaseView? Privacy { get; private set; }

    [Inject]
    internal PrivacyReads PrivacyReads { get; set; } = null!;

    protected override string Shows => PrivacyReads.View;

    /// <inheritdoc/>
    public override bool Can(string action) => Privacy?.Can.Contains(action) == true;

    protected override async Task LoadAsync()
    {
        var read = await PrivacyReads.LoggedCaseAsync(Actor!, CaseId, Gone);
        Privacy = read.View;
        if (Privacy is null)
        {
            Navigation.NotFound();
        }
    }
}
