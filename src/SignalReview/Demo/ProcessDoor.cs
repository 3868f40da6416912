using Microsoft.Extensions.DependencyInjection;
using SignalReview.Cases;
using SignalReview.Comparing;
using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;

namespace SignalReview.Demo;

/// <summary>Plays the demo inside the process, a few minutes a step.</summary>
internal sealed class ProcessDoor(IServiceProvider services, SeedClock clock) : IDemoDoor
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    public DateTimeOffset Now => clock.GetUtcNow();

    public Guid IdOf(string subject) => Person(subject).Id.Value;

    public string SubjectOf(Guid person) => DemoPeople.All.Single(p => p.Id.Value == person).Subject;

    public async Task<CaseId> StartAsync(string subject, CancellationToken ct)
    {
        var started = await Get<StartSignal>().RunAsync(ActorOf(subject), new(Guid.CreateVersion7(Now)), ct);
        return Done(subject, started).Case;
    }

    public async Task SendAsync<TCommand>(string subject, CaseId caseId, TCommand command, CancellationToken ct)
        where TCommand : ICommand
    {
        clock.Advance(Step);
        var actor = ActorOf(subject);
        var sent = command switch
        {
            SubmitSignalCommand c => Get<SubmitSignal>().RunAsync(actor, caseId, c, ct),
            HandleStopCommand c => Get<HandleStop>().RunAsync(actor, caseId, c, ct),
            TransferCaseCommand c => Get<TransferCase>().RunAsync(actor, caseId, c, ct),
            ReplaceReaderCommand c => Get<ReplaceReader>().RunAsync(actor, caseId, c, ct),
            InviteReaderCommand c => Get<InviteReader>().RunAsync(actor, caseId, c, ct),
            AcceptInvitationCommand c => Get<AcceptInvitation>().RunAsync(actor, caseId, c, ct),
            AskQuestionCommand c => Get<AskQuestion>().RunAsync(actor, caseId, c, ct),
            AnswerQuestionCommand c => Get<AnswerQuestion>().RunAsync(actor, caseId, c, ct),
            MarkQuestionCommand c => Get<MarkQuestion>().RunAsync(actor, caseId, c, ct),
            ReadyToReadCommand c => Get<ReadyToRead>().RunAsync(actor, caseId, c, ct),
            SubmitInterpretationCommand c => Get<SubmitInterpretation>().RunAsync(actor, caseId, c, ct),
            FinishComparingCommand c => Get<FinishComparing>().RunAsync(actor, caseId, c, ct),
            CheckMissingCommand c => Get<CheckMissing>().RunAsync(actor, caseId, c, ct),
            TakeEnquiryCommand c => Get<TakeEnquiry>().RunAsync(actor, caseId, c, ct),
            ReportEnquiryCommand c => Get<ReportEnquiry>().RunAsync(actor, caseId, c, ct),
            AnswerEnquiryCommand c => Get<AnswerEnquiry>().RunAsync(actor, caseId, c, ct),
            JoinRoomCommand c => Get<JoinRoom>().RunAsync(actor, caseId, c, ct),
            SayCommand c => Get<Say>().RunAsync(actor, caseId, c, ct),
            MovePhaseCommand c => Get<MovePhase>().RunAsync(actor, caseId, c, ct),
            OpenVoteCommand c => Get<OpenVote>().RunAsync(actor, caseId, c, ct),
            ChooseOptionsCommand c => Get<ChooseOptions>().RunAsync(actor, caseId, c, ct),
            CastVoteCommand c => Get<CastVote>().RunAsync(actor, caseId, c, ct),
            SecondRoundCommand c => Get<SecondRound>().RunAsync(actor, caseId, c, ct),
            HarvestCommand c => Get<Harvest>().RunAsync(actor, caseId, c, ct),
            AskDissentCommand c => Get<AskDissent>().RunAsync(actor, caseId, c, ct),
            StateDissentCommand c => Get<StateDissent>().RunAsync(actor, caseId, c, ct),
            DecideCommand c => Get<Decide>().RunAsync(actor, caseId, c, ct),
            ApproveDecisionCommand c => Get<ApproveDecision>().RunAsync(actor, caseId, c, ct),
            CloseDissentCommand c => Get<CloseDissent>().RunAsync(actor, caseId, c, ct),
            ReviewCaseCommand c => Get<ReviewCase>().RunAsync(actor, caseId, c, ct),
            _ => throw new NotSupportedException($"The demo does not send {typeof(TCommand).Name}."),
        };
        Done(subject, await sent);
    }

    public async Task<CaseView> ViewAsync(string subject, CaseId caseId, CancellationToken ct)
    {
        var (view, refusal) = await Get<CaseReads>().ReadAsync(ActorOf(subject), caseId, "demo", ct);
        return view ?? throw new DemoFailedException($"{subject} may not see case {caseId}: {refusal?.Code}.");
    }

    private static CommandResult Done(string subject, CommandResult result) => result.Refusal is { } refusal
        ? throw new DemoFailedException($"{subject} was refused: {refusal.Code} {string.Join(", ", refusal.Fields ?? [])}")
        : result;

    private static Actor ActorOf(string subject)
    {
        var person = Person(subject);
        return new(person.Id, person.Roles, "system");
    }

    private static Person Person(string subject) => DemoPeople.All.Single(p => p.Subject == subject);

    private T Get<T>()
        where T : notnull =>
        services.GetRequiredService<T>();
}
