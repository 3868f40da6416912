using SignalReview.Cases;
using SignalReview.Comparing;
using SignalReview.People;

namespace SignalReview.Web.Components.Pages.Cases;

/// <summary>Forms of what is made of the readings once they are revealed.</summary>
internal sealed class ComparingForms(
    CheckMissing check, UncheckMissing uncheck, TakeEnquiry take, LeaveEnquiry leave, ReportEnquiry report, AnswerEnquiry answer)
{
    /// <returns>Null when it is no form of these.</returns>
    public async Task<CommandResult?> SendAsync(Actor actor, CaseId caseId, FormPost post, CancellationToken ct)
    {
        var (id, target) = (post.CommandId, post.Target ?? Guid.Empty);
        return post.Action switch
        {
            "checkMissing" => await check.RunAsync(actor, caseId, new(id, target, post.Words("found")), ct),
            "uncheckMissing" => await uncheck.RunAsync(actor, caseId, new(id, target), ct),
            "takeEnquiry" => await take.RunAsync(actor, caseId, new(id, target), ct),
            "leaveEnquiry" => await leave.RunAsync(actor, caseId, new(id, target), ct),
            "reportEnquiry" => await report.RunAsync(actor, caseId, new(id, target, post.Words("found")), ct),
            "answerEnquiry" => await answer.RunAsync(actor, caseId, new(id, target, post.Choice<ReadingChange>("change"), post.Words("reason")), ct),
            _ => null,
        };
    }
}
