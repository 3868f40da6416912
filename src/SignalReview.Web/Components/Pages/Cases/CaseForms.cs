using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Web.Components.Pages.Minutes;
using SignalReview.Web.Components.Pages.Privacy;
using SignalReview.Web.Components.Pages.Rooms;

namespace SignalReview.Web.Components.Pages.Cases;

/// <summary>Turns the form that came in into its command: every form of the case's pages, by name.</summary>
internal sealed class CaseForms(
    SignalForms signals,
    ConsultationForms consultations,
    ComparingForms comparing,
    DecisionForms decisions,
    RoomForms rooms,
    MinutesForms minutes,
    PrivacyForms privacy)
{
    public async Task<CommandResult> SendAsync(Actor actor, CaseId caseId, FormPost post, CancellationToken ct)
        => await signals.SendAsync(actor, caseId, post, ct)
            ?? await consultations.SendAsync(actor, caseId, post, ct)
            ?? await comparing.SendAsync(actor, caseId, post, ct)
            ?? await decisions.SendAsync(actor, caseId, post, ct)
            ?? await rooms.SendAsync(actor, caseId, post, ct)
            ?? await minutes.SendAsync(actor, caseId, post, ct)
            ?? await privacy.SendAsync(actor, caseId, post, ct)
            ?? throw new BadHttpRequestException($"There is no form '{post.Action}'.");
}
