using SignalReview.Comparing;

namespace SignalReview.Web.Api;

internal static class ComparingApi
{
    public static void MapComparing(this IEndpointRouteBuilder cases)
    {
        cases.MapCommand<CheckMissing, CheckMissingCommand>(
            "check-missing", "Ticks what readers missed, with what was found.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<UncheckMissing, UncheckMissingCommand>(
            "uncheck-missing", "Takes a tick away again.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<TakeEnquiry, TakeEnquiryCommand>(
            "take-enquiry", "Takes up what would change a reader's mind.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<LeaveEnquiry, LeaveEnquiryCommand>(
            "leave-enquiry", "Gives back what one took up.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<ReportEnquiry, ReportEnquiryCommand>(
            "report-enquiry", "Says what was found; by who took it up.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<AnswerEnquiry, AnswerEnquiryCommand>(
            "answer-enquiry", "Says what it does to one's own reading; by the reader.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
    }
}
