using SignalReview.Consultations;

namespace SignalReview.Web.Api;

internal static class ConsultationsApi
{
    public static void MapConsultations(this IEndpointRouteBuilder cases)
    {
        cases.MapCommand<AcceptInvitation, AcceptInvitationCommand>(
            "accept-invitation", "Accepts an invitation to read.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<DeclineInvitation, DeclineInvitationCommand>(
            "decline-invitation", "Declines; somebody else is asked at once.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<ReplaceReader, ReplaceReaderCommand>(
            "replace-reader", "Puts one colleague in the place of another.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<InviteReader, InviteReaderCommand>(
            "invite-reader", "Invites one more colleague, before the reveal.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<AskQuestion, AskQuestionCommand>(
            "ask-question", "Asks a clarifying question: no advice, no judgement.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<AnswerQuestion, AnswerQuestionCommand>(
            "answer-question", "Answers a question; by the submitter or owner.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<MarkQuestion, MarkQuestionCommand>(
            "mark-question", "Marks whether a question helped.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<ReadyToRead, ReadyToReadCommand>(
            "ready-to-read", "A reader has no (more) questions.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<FinishClarifying, FinishClarifyingCommand>(
            "finish-clarifying", "Ends the questions; by the facilitator or owner.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<SubmitInterpretation, SubmitInterpretationCommand>(
            "submit-interpretation", "Hands in one's blind reading, once.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<RevealInterpretations, RevealInterpretationsCommand>(
            "reveal-interpretations", "Reveals before all are in, with a reason; by the facilitator.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
        cases.MapCommand<FinishComparing, FinishComparingCommand>(
            "finish-comparing", "On to the room, or to the decision.", static (u, a, id, c, ct) => u.RunAsync(a, id, c, ct));
    }
}
