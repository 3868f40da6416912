using SignalReview.Cases;
using SignalReview.Minutes;
using SignalReview.People;
using SignalReview.Web.Components.Pages.Cases;

namespace SignalReview.Web.Components.Pages.Minutes;

/// <summary>The forms of the minutes as commands.</summary>
internal sealed class MinutesForms(EditMinutes edit, ProposeMinutes propose, AnswerMinutes answer)
{
    /// <returns>Null for a form that is none of these.</returns>
    public async Task<CommandResult?> SendAsync(Actor actor, CaseId caseId, FormPost post, CancellationToken ct)
    {
        var id = post.CommandId;
        return post.Action switch
        {
            "editMinutes" when post.Choice<MinutesSection>("section") is { } section =>
                await edit.RunAsync(actor, caseId, new(id, section, post.Words("text"), post.Number("after") ?? 0), ct),
            "proposeMinutes" => await propose.RunAsync(actor, caseId, new(id, post.Number("workingDays") ?? 0), ct),
            "approveMinutes" => await answer.RunAsync(actor, caseId, new(id, post.Number("version") ?? 0, Agrees: true, post.Text("remark")), ct),
            "objectMinutes" => await answer.RunAsync(actor, caseId, new(id, post.Number("version") ?? 0, Agrees: false, post.Text("remark")), ct),
            _ => null,
        };
    }
}
