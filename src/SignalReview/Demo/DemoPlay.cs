using SignalReview.Cases;
using SignalReview.Comparing;
using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.Rooms;
using SignalReview.Rooms.Methods;
using SignalReview.Signals;

namespace SignalReview.Demo;

/// <summary>The door through which the demo is played: in the process, or over HTTP and the hub. Each call is made as the person who does it.</summary>
internal interface IDemoDoor
{
    DateTimeOffset Now { get; }

    Guid IdOf(string subject);

    string SubjectOf(Guid person);

    Task<CaseId> StartAsync(string subject, CancellationToken ct);

    /// <exception cref="DemoFailedException">The command was refused.</exception>
    Task SendAsync<TCommand>(string subject, CaseId caseId, TCommand command, CancellationToken ct)
        where TCommand : ICommand;

    Task<CaseView> ViewAsync(string subject, CaseId caseId, CancellationToken ct);
}

/// <summary>The demo did not go as its data say.</summary>
internal sealed class DemoFailedException(string message) : Exception(message);

/// <summary>Plays one demo case from submission on, as far as asked.</summary>
internal sealed class DemoPlay(IDemoDoor door, Action<string> progress)
{
    private const string Coordinator = "w7";

    /// <summary>Plays until the case has reached the phase; <see cref="CasePhase.Closed"/> plays all there is.</summary>
    /// <returns>The case's id.</returns>
    public async Task<CaseId> RunAsync(DemoCase demo, CasePhase until, CancellationToken ct)
    {
        var id = await door.StartAsync(demo.Submitter, ct);
        progress($"{demo.Submitter} submits");
        await SendAsync(demo.Submitter, id, c => new SubmitSignalCommand(c, demo.SignalAt(door.Now), demo.Workflow), ct);
        if (demo.Stopped is { } stop)
        {
            progress($"the legality gate stops it; {stop.By} handles it");
            await SendAsync(stop.By, id, c => new HandleStopCommand(c, stop.Measures), ct);
            return id;
        }

        if (demo.Immediate is { } immediate)
        {
            progress($"{demo.Submitter} records what was done at once");
            await SendAsync(demo.Submitter, id, c => new DecideCommand(c, Content(immediate), Approver: null), ct);
        }

        (CasePhase Until, Func<DemoCase, CaseId, CancellationToken, Task> Play)[] scenes =
        [
            (CasePhase.Clarifying, InviteAsync),
            (CasePhase.Interpreting, ClarifyAsync),
            (CasePhase.Comparing, ReadAsync),
            (CasePhase.Comparing, CompareAsync),
            (CasePhase.Room, OpenRoomAsync),
            (CasePhase.Deciding, AdviseAsync),
            (CasePhase.Approving, DecideAsync),
            (CasePhase.FollowUp, ApproveAsync),
            (CasePhase.Closed, ReviewAsync),
        ];
        foreach (var scene in scenes.TakeWhile(s => s.Until <= until))
        {
            await scene.Play(demo, id, ct);
        }

        return id;
    }

    /// <summary>The routing chose by its rules; the coordinator puts the colleagues of the demo in their place.</summary>
    private async Task InviteAsync(DemoCase demo, CaseId id, CancellationToken ct)
    {
        var wanted = demo.Readings!.Select(r => door.IdOf(r.By)).ToList();
        var asked = (await door.ViewAsync(Coordinator, id, ct)).People.Readers
            .Where(r => r.State is InvitationState.Invited or InvitationState.Accepted)
            .Select(r => r.Person.Id.Value)
            .ToList();
        var unwanted = new Queue<Guid>(asked.Except(wanted));
        foreach (var reader in wanted.Except(asked))
        {
            progress($"{Coordinator} asks {door.SubjectOf(reader)}");
            if (unwanted.TryDequeue(out var other))
            {
                await SendAsync(Coordinator, id, c => new ReplaceReaderCommand(c, other, reader, "Kent deze code of kijkt er juist van verder naar"), ct);
            }
            else
            {
                await SendAsync(Coordinator, id, c => new InviteReaderCommand(c, reader, "Extra blik nodig"), ct);
            }
        }

        foreach (var reading in demo.Readings!)
        {
            progress($"{reading.By} accepts");
            await SendAsync(reading.By, id, c => new AcceptInvitationCommand(c), ct);
        }
    }

    private async Task ClarifyAsync(DemoCase demo, CaseId id, CancellationToken ct)
    {
        foreach (var question in demo.Questions!)
        {
            progress($"{question.By} asks, {demo.Submitter} answers");
            await SendAsync(question.By, id, c => new AskQuestionCommand(c, question.Question), ct);
            var asked = (await door.ViewAsync(demo.Submitter, id, ct)).Questions.Last(q => q.AnsweredAt is null);
            await SendAsync(demo.Submitter, id, c => new AnswerQuestionCommand(c, asked.Id, question.Answer), ct);
            await SendAsync(demo.Submitter, id, c => new MarkQuestionCommand(c, asked.Id, question.Helped), ct);
        }

        foreach (var reading in demo.Readings!)
        {
            await SendAsync(reading.By, id, c => new ReadyToReadCommand(c), ct);
        }
    }

    private async Task ReadAsync(DemoCase demo, CaseId id, CancellationToken ct)
    {
        foreach (var reading in demo.Readings!)
        {
            progress($"{reading.By} reads blind");
            await SendAsync(reading.By, id, c => new SubmitInterpretationCommand(c, reading.Interpretation), ct);
        }
    }

    private async Task CompareAsync(DemoCase demo, CaseId id, CancellationToken ct)
    {
        foreach (var check in demo.Checks ?? [])
        {
            progress($"{check.By} finds out what was missing");
            var item = (await ComparisonAsync(check.By, id, ct)).Missing.Single(m => m.By.Any(b => b.Text == check.Item)).Id;
            await SendAsync(check.By, id, c => new CheckMissingCommand(c, item, check.Found), ct);
        }

        foreach (var enquiry in demo.Enquiries ?? [])
        {
            progress($"{enquiry.By} looks into what would change {enquiry.Of}'s mind");
            var reading = (await ComparisonAsync(enquiry.Of, id, ct)).Enquiries.Single(e => e.Mine).Reading;
            await SendAsync(enquiry.By, id, c => new TakeEnquiryCommand(c, reading), ct);
            if (enquiry.Found is { } found)
            {
                await SendAsync(enquiry.By, id, c => new ReportEnquiryCommand(c, reading, found), ct);
            }

            if (enquiry is { Change: { } change, Reason: { } reason })
            {
                await SendAsync(enquiry.Of, id, c => new AnswerEnquiryCommand(c, reading, change, reason), ct);
            }
        }
    }

    private async Task<ComparisonView> ComparisonAsync(string subject, CaseId id, CancellationToken ct) =>
        (await door.ViewAsync(subject, id, ct)).Comparison ?? throw new DemoFailedException($"{subject} cannot compare case {id}.");

    private async Task OpenRoomAsync(DemoCase demo, CaseId id, CancellationToken ct)
    {
        progress($"{demo.Submitter} compares and opens the room");
        await SendAsync(demo.Submitter, id, c => new FinishComparingCommand(c, OpenRoom: true), ct);
    }

    private async Task AdviseAsync(DemoCase demo, CaseId id, CancellationToken ct)
    {
        var facilitator = await FacilitatorAsync(demo, id, ct);
        string[] members = [facilitator, demo.Submitter, .. demo.Readings!.Select(r => r.By)];
        foreach (var member in members)
        {
            await SendAsync(member, id, c => new JoinRoomCommand(c), ct);
        }

        await TalkAsync(demo, id, facilitator, ct);
        for (var round = 1; round <= demo.Rounds!.Count; round++)
        {
            if (round > 1)
            {
                progress($"{facilitator} opens another round");
                await SendAsync(facilitator, id, c => new SecondRoundCommand(c), ct);
            }

            await SendAsync(facilitator, id, c => new OpenVoteCommand(c), ct);
            if (round == 1 && demo.Terms is { } terms)
            {
                progress($"{facilitator} chooses how is voted");
                await SendAsync(facilitator, id, terms.Command, ct);
            }

            foreach (var ballot in demo.Rounds[round - 1])
            {
                progress($"{ballot.By} votes in round {round}");
                await SendAsync(ballot.By, id, c => ballot.Command(c, round, demo.Terms?.Proposal), ct);
            }
        }

        // In a definition without a harvest after its last round the advice goes to the owner by itself.
        if (await door.ViewAsync(facilitator, id, ct) is { Phase: CasePhase.Room, Room: { } room })
        {
            await SendAsync(facilitator, id, c => new MovePhaseCommand(c, PhaseOf(room)), ct);
            foreach (var member in members[1..])
            {
                progress($"{member} says what they take along");
                await SendAsync(member, id, c => new SayCommand(c, "Ik neem mee hoe verschillend we hetzelfde lezen.", MessageKind.Takeaway), ct);
            }

            progress($"{facilitator} gives the advice to the owner");
            await SendAsync(facilitator, id, c => new HarvestCommand(c), ct);
        }

        if (demo.Owner != demo.Submitter)
        {
            progress($"{demo.Submitter} hands the case to {demo.Owner}");
            await SendAsync(demo.Submitter, id, c => new TransferCaseCommand(c, door.IdOf(demo.Owner!), "Past beter bij deze collega"), ct);
        }
    }

    /// <summary>Through the talks of the method, phase by phase; the short ones are left out as a room would.</summary>
    private async Task TalkAsync(DemoCase demo, CaseId id, string facilitator, CancellationToken ct)
    {
        for (var room = await RoomAsync(facilitator, id, ct); ; room = await RoomAsync(facilitator, id, ct))
        {
            foreach (var reading in demo.Readings!)
            {
                if (Words(room.Phase, reading.Interpretation) is { } said && !room.Messages.Any(m => m.Text == said.Text))
                {
                    progress($"{reading.By} says something in the phase {PhaseOf(room)}");
                    await SendAsync(reading.By, id, c => new SayCommand(c, said.Text, said.Kind), ct);
                }
            }

            if (room.Method!.Phases.First(p => p.Id == room.NextPhase).Kind == PhaseKind.Vote)
            {
                return;
            }

            progress($"{facilitator} moves the room from {PhaseOf(room)} to {room.NextPhase}");
            await SendAsync(facilitator, id, c => new MovePhaseCommand(c, PhaseOf(room)), ct);
        }
    }

    /// <summary>What a reader has to say in a phase, in what they wrote before.</summary>
    private static (string Text, MessageKind Kind)? Words(RoomPhase phase, Interpretation reading) => phase switch
    {
        RoomPhase.Questions when reading.Missing is [var missing, ..] => ($"Wat weten we hierover: {missing}?", MessageKind.Question),
        RoomPhase.Analysis when reading.WouldChangeMyMind is { Length: > 0 } changes => ($"Mijn lezing zou veranderen door: {changes}", MessageKind.Remark),
        _ => null,
    };

    private async Task<RoomView> RoomAsync(string subject, CaseId id, CancellationToken ct) =>
        (await door.ViewAsync(subject, id, ct)).Room ?? throw new DemoFailedException($"{subject} sees no room in case {id}.");

    private static string PhaseOf(RoomView room) => room.Method!.Phases[room.PhaseNumber!.Value - 1].Id;

    private async Task DecideAsync(DemoCase demo, CaseId id, CancellationToken ct)
    {
        if (demo.Dissent is { } dissent)
        {
            progress($"{dissent.By} states why they see it otherwise");
            await SendAsync(demo.Owner!, id, c => new AskDissentCommand(c, door.IdOf(dissent.By), Proposal: null), ct);
            await SendAsync(dissent.By, id, c => new StateDissentCommand(c, dissent.Statement, Approved: true), ct);
        }

        progress($"{demo.Owner} decides");
        await SendAsync(demo.Owner!, id, c => new DecideCommand(c, Content(demo.Decision!), door.IdOf(demo.Approver!)), ct);
    }

    private async Task ApproveAsync(DemoCase demo, CaseId id, CancellationToken ct)
    {
        progress($"{demo.Approver} approves");
        await SendAsync(demo.Approver!, id, c => new ApproveDecisionCommand(c, Remark: null), ct);
    }

    private async Task ReviewAsync(DemoCase demo, CaseId id, CancellationToken ct)
    {
        if (demo.Review is { } review)
        {
            progress($"{demo.Owner} looks back");
            var standing = (await door.ViewAsync(demo.Owner!, id, ct)).Dissents.Where(d => d.Statement is not null).Select(d => d.Id!.Value).ToList();
            var outcomes = standing.Select(dissent => new DissentOutcome(dissent, demo.Dissent!.Happened!)).ToList();
            await SendAsync(demo.Owner!, id, c => new ReviewCaseCommand(c, review.ActualMeaning, review.Learning) { Dissents = outcomes }, ct);
            if (demo.Dissent is { ClosingWord: { } word } dissenter)
            {
                progress($"{dissenter.By} has the last word on their dissent");
                await SendAsync(dissenter.By, id, c => new CloseDissentCommand(c, word), ct);
            }
        }
    }

    private async Task<string> FacilitatorAsync(DemoCase demo, CaseId id, CancellationToken ct)
    {
        var view = await door.ViewAsync(demo.Submitter, id, ct);
        return view.People.Facilitator is { } facilitator
            ? door.SubjectOf(facilitator.Id.Value)
            : throw new DemoFailedException($"{demo.Key} has no facilitator.");
    }

    private DecisionContent Content(DemoDecision decision) => decision.Content(DateOnly.FromDateTime(door.Now.UtcDateTime), door.IdOf);

    private Task SendAsync<TCommand>(string subject, CaseId id, Func<Guid, TCommand> command, CancellationToken ct)
        where TCommand : ICommand =>
        door.SendAsync(subject, id, command(Guid.CreateVersion7(door.Now)), ct);
}
