using SignalReview.Cases;
using SignalReview.Comparing;
using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.Minutes;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;

namespace SignalReview.Tests.Consultations;

/// <summary>
/// What a view offers is what the use cases would take, and the other way round: at each moment of a case every command is given as every kind
/// of person. What was not offered is refused; what was offered is done.
/// </summary>
[Parallelizable(ParallelScope.Children)]
internal sealed class OfferedActionsTests
{
    /// <summary>A command with the context it needs at that moment.</summary>
    private static readonly Dictionary<string, Func<CaseWorld, CaseFile, Actor, ICommand>> Commands =
        new Dictionary<string, Func<CaseWorld, CaseFile, Actor, ICommand>>(StringComparer.Ordinal)
        {
            ["submitSignal"] = (w, _, _) => new SubmitSignalCommand(w.NewId(), w.Signal()),
            ["addToSignal"] = (w, _, _) => new AddToSignalCommand(w.NewId(), "Nog iets"),
            ["discardDraft"] = (w, _, _) => new DiscardDraftCommand(w.NewId()),
            ["withdrawCase"] = (w, _, _) => new WithdrawCaseCommand(w.NewId(), "Vergissing"),
            ["transferCase"] = (w, _, _) => new TransferCaseCommand(w.NewId(), CaseWorld.Colleague(2).Person.Value, "Ander team"),
            ["appointFacilitator"] = (w, _, _) => new AppointFacilitatorCommand(w.NewId(), w.Facilitator.Person.Value, "Blijft"),
            ["extendDeadline"] = (w, f, _) => new ExtendDeadlineCommand(
                w.NewId(), f.OpenSteps is [var step, ..] ? step.Node : "none", f.OpenSteps.Max(s => s.DueAt)?.AddDays(9) ?? w.Now.AddDays(9), "Meer tijd"),
            ["pauseDeadline"] = (w, f, _) => new PauseDeadlineCommand(
                w.NewId(), f.OpenSteps.OrderBy(s => s.PausedAt is null ? 0 : 1).FirstOrDefault()?.Node ?? "none", "Ziek"),
            ["resumeDeadline"] = (w, f, _) => new ResumeDeadlineCommand(w.NewId(), f.OpenSteps.FirstOrDefault(s => s.PausedAt is not null)?.Node ?? "none"),
            ["acceptInvitation"] = (w, _, _) => new AcceptInvitationCommand(w.NewId()),
            ["declineInvitation"] = (w, _, _) => new DeclineInvitationCommand(w.NewId(), false, null),
            ["inviteReader"] = (w, f, _) => new InviteReaderCommand(w.NewId(), Free(f), "Extra blik"),
            ["askQuestion"] = (w, _, _) => new AskQuestionCommand(w.NewId(), "Wanneer?"),
            ["answerQuestion"] = (w, f, _) => new AnswerQuestionCommand(w.NewId(), f.Questions.FirstOrDefault(q => q.AnsweredAt is null)?.QuestionId ?? default, "Toen"),
            ["markQuestion"] = (w, f, _) => new MarkQuestionCommand(w.NewId(), f.Questions.FirstOrDefault(q => q.AnsweredAt is not null)?.QuestionId ?? default, true),
            ["readyToRead"] = (w, _, _) => new ReadyToReadCommand(w.NewId()),
            ["finishClarifying"] = (w, _, _) => new FinishClarifyingCommand(w.NewId()),
            ["submitInterpretation"] = (w, _, _) => new SubmitInterpretationCommand(w.NewId(), CaseWorld.Reading()),
            ["revealInterpretations"] = (w, _, _) => new RevealInterpretationsCommand(w.NewId(), "Haast"),
            ["finishComparing"] = (w, _, _) => new FinishComparingCommand(w.NewId(), true),
            ["tightenAnonymity"] = (w, _, _) => new TightenAnonymityCommand(w.NewId(), Anonymity.Detached, "Zo durft iedereen"),
            ["checkMissing"] = (w, f, _) => new CheckMissingCommand(w.NewId(), MissingOf(f), "Gevonden"),
            ["takeEnquiry"] = (w, f, _) => new TakeEnquiryCommand(
                w.NewId(), f.Interpretations.Where(r => ComparingRules.EnquiryInto(f, r) is null).Select(r => BlindViewAnchors.IdOf(f, r)).FirstOrDefault()),
            ["reportEnquiry"] = (w, f, a) => new ReportEnquiryCommand(w.NewId(), EnquiryOf(f, e => e.State == EnquiryState.Taken && e.TakenById == a.Person), "Gevonden"),
            ["leaveEnquiry"] = (w, f, a) => new LeaveEnquiryCommand(w.NewId(), EnquiryOf(f, e => e.State == EnquiryState.Taken && e.TakenById == a.Person)),
            ["answerEnquiry"] = (w, f, a) => new AnswerEnquiryCommand(
                w.NewId(),
                EnquiryOf(f, e => e.State == EnquiryState.Reported && f.Interpretations.Any(r => r.EventId == e.ReadingEvent && r.PersonId == a.Person)),
                ReadingChange.Unchanged,
                "Nee"),
            ["closeDissent"] = (w, _, _) => new CloseDissentCommand(w.NewId(), "Zo is het."),
            ["joinRoom"] = (w, _, _) => new JoinRoomCommand(w.NewId()),
            ["say"] = (w, f, a) => Saying(w, f, a),
            ["movePhase"] = (w, f, _) => new MovePhaseCommand(
                w.NewId(), f.MethodPhase?.Id ?? "", PhaseMoves.Possible(f) is [.., var last] ? last.Id : null, "Het is tijd"),
            ["raiseHand"] = (w, _, _) => new RaiseHandCommand(w.NewId()),
            ["lowerHand"] = (w, f, a) => new LowerHandCommand(
                w.NewId(), f.Hands.Any(h => h.PersonId == a.Person) ? null : (f.Hands is [var first, ..] ? first.PersonId.Value : null)),
            ["giveFloor"] = (w, f, _) => new GiveFloorCommand(w.NewId(), f.Voters.First(v => v != f.Room?.FloorId).Value),
            ["endFloor"] = (w, _, _) => new EndFloorCommand(w.NewId()),
            ["extendRoomClock"] = (w, _, _) => new ExtendRoomClockCommand(w.NewId(), 5),
            ["appointCoFacilitator"] = (w, f, a) => new AppointCoFacilitatorCommand(
                w.NewId(), f.Case.CoFacilitatorId == a.Person ? null : Beside(f), "Leidt mee"),
            ["editMessage"] = (w, f, a) => new EditMessageCommand(w.NewId(), MessageFor(f, a), "Toch anders"),
            ["editMinutes"] = (w, f, _) => new EditMinutesCommand(
                w.NewId(), MinutesSection.Agreements, $"Wij bellen {w.NewId()}", f.MinutesNotes.LastOrDefault(n => n.Section == MinutesSection.Agreements)?.Number ?? 0),
            ["proposeMinutes"] = (w, _, _) => new ProposeMinutesCommand(w.NewId()),
            ["answerMinutes"] = (w, f, _) => new AnswerMinutesCommand(w.NewId(), f.MinutesVersions.Count, false, "Dit klopt niet"),
            ["retractMessage"] = (w, f, a) => new RetractMessageCommand(w.NewId(), MessageFor(f, a), "Hoort hier niet"),
            ["setRoomClock"] = (w, _, _) => new SetRoomClockCommand(w.NewId(), 10),
            ["chooseOptions"] = (w, _, _) => new ChooseOptionsCommand(w.NewId(), [VoteOption.Talk, VoteOption.NoConcern]),
            ["openVote"] = (w, _, _) => new OpenVoteCommand(w.NewId()),
            ["castVote"] = (w, f, _) => w.Vote(round: f.CurrentRound?.Round ?? 1),
            ["revealVotes"] = (w, _, _) => new RevealVotesCommand(w.NewId(), "Haast"),
            ["secondRound"] = (w, _, _) => new SecondRoundCommand(w.NewId()),
            ["harvest"] = (w, _, _) => new HarvestCommand(w.NewId()),
            ["decide"] = (w, _, _) => w.Decide(change: d => d with { Weighing = "Gewogen", DeviationReason = "Anders" }),
            ["askDissent"] = (w, f, a) => new AskDissentCommand(
                w.NewId(), f.Voters.FirstOrDefault(v => v != a.Person && DissentRules.MayBeAsked(f, v)).Value, null),
            ["stateDissent"] = (w, _, _) => new StateDissentCommand(w.NewId(), "Ik zie het anders.", Approved: true),
            ["waiveDissent"] = (w, _, _) => new WaiveDissentCommand(w.NewId()),
            ["approveDecision"] = (w, _, _) => new ApproveDecisionCommand(w.NewId(), null),
            ["returnDecision"] = (w, _, _) => new ReturnDecisionCommand(w.NewId(), "Nog niet"),
            ["planFollowUp"] = (w, _, _) => new PlanFollowUpCommand(w.NewId(), Plan(w)),
            ["completeFollowUp"] = (w, f, a) => new CompleteFollowUpCommand(
                w.NewId(),
                f.FollowUps.FirstOrDefault(x => x.State == FollowUpState.Planned && (x.OwnerId == a.Person || f.Case.OwnerId == a.Person))?.FollowUpId ?? default,
                "Gedaan"),
            ["reviewCase"] = (w, _, _) => new ReviewCaseCommand(w.NewId(), "Grap", "Vragen"),
            ["reopenCase"] = (w, _, _) => new ReopenCaseCommand(w.NewId(), "Nieuw"),
        };

    private static readonly Dictionary<string, Func<CaseWorld, Task>> Moments = new Dictionary<string, Func<CaseWorld, Task>>(StringComparer.Ordinal)
    {
        ["draft"] = w => w.DraftAsync(),
        ["clarifying"] = async w =>
        {
            await w.SubmitAsync();
            var reader = (await w.ReadersAsync())[0];
            await w.DoAsync(reader, new AskQuestionCommand(w.NewId(), "Wie?"));
            await w.DoAsync(w.Owner, new AnswerQuestionCommand(w.NewId(), (await w.FileAsync()).Questions[0].QuestionId, "Zij"));
            await w.DoAsync(reader, new AskQuestionCommand(w.NewId(), "Waar?"));
        },
        ["reading, two in"] = async w =>
        {
            await w.InInterpretingAsync();
            foreach (var reader in (await w.ReadersAsync()).Take(2))
            {
                await w.DoAsync(reader, new SubmitInterpretationCommand(w.NewId(), CaseWorld.Reading()));
            }
        },
        ["reading, too late"] = async w =>
        {
            await w.InInterpretingAsync();
            w.Time.Advance((await w.FileAsync()).OpenStep("CollectInterpretations")!.DueAt!.Value - w.Now + TimeSpan.FromSeconds(1));
        },
        ["comparing"] = w => w.InComparingAsync(),
        ["comparing, paused"] = async w =>
        {
            await w.InComparingAsync();
            await w.DoAsync(w.Facilitator, new PauseDeadlineCommand(w.NewId(), (await w.FileAsync()).OpenStep("Compare")!.Node, "Ziek"));
        },
        ["comparing, one looked into and one reported"] = async w =>
        {
            await w.InComparingAsync(reading: Comparing.ComparingWorld.Reading);
            var readers = await w.ReadersAsync();
            await w.DoAsync(readers[2], new TakeEnquiryCommand(w.NewId(), await ReadingOfAsync(w, 0)));
            await w.DoAsync(readers[2], new ReportEnquiryCommand(w.NewId(), await ReadingOfAsync(w, 0), "Iets"));
            await w.DoAsync(w.Owner, new TakeEnquiryCommand(w.NewId(), await ReadingOfAsync(w, 1)));
        },
        ["discussion"] = async w =>
        {
            await w.InRoomAsync();
            await w.DoAsync(w.Facilitator, new SayCommand(w.NewId(), "Welkom"));
            var reader = (await w.ReadersAsync())[0];
            var asked = await w.DoAsync(reader, new SayCommand(w.NewId(), "Wie was erbij?", MessageKind.Question));
            await w.DoAsync(w.Owner, new SayCommand(w.NewId(), "Dat weet ik niet.", MessageKind.Answer, asked.Created));
        },
        ["analysis, a hand up, the floor given"] = async w =>
        {
            await w.InRoomAsync();
            await w.DoAsync(w.Facilitator, new MovePhaseCommand(w.NewId(), "questions"));
            var readers = await w.ReadersAsync();
            await w.DoAsync(readers[0], new RaiseHandCommand(w.NewId()));
            await w.DoAsync(w.Facilitator, new GiveFloorCommand(w.NewId(), readers[1].Person.Value));
            await w.DoAsync(w.Facilitator, new AppointCoFacilitatorCommand(w.NewId(), Beside(await w.FileAsync()), "Samen"));
        },
        ["advice"] = async w =>
        {
            await w.InRoomAsync();
            await w.DoAsync(w.Facilitator, new MovePhaseCommand(w.NewId(), "questions", "advice", "Haast"));
        },
        ["harvest"] = async w =>
        {
            await w.InWeighingAsync();
            await w.DoAsync(w.Facilitator, new MovePhaseCommand(w.NewId(), "vote"));
        },
        ["vote, none in"] = w => w.InVoteAsync(),
        ["vote, quorum in"] = async w =>
        {
            await w.InVoteAsync();
            foreach (var voter in (await w.VotersAsync()).Take(3))
            {
                await w.DoAsync(voter, w.Vote());
            }
        },
        ["vote, too late"] = async w =>
        {
            await w.InVoteAsync();
            w.Time.Advance((await w.FileAsync()).CurrentRound!.DueAt - w.Now + TimeSpan.FromSeconds(1));
        },
        ["weighing"] = w => w.InWeighingAsync(),
        ["deciding"] = async w =>
        {
            await w.InDecidingAsync(place => place == 0 ? VoteOption.NoConcern : VoteOption.Talk);
            await w.DoAsync(w.Owner, new AskDissentCommand(w.NewId(), (await w.ReadersAsync())[0].Person.Value, null));
        },
        ["approving"] = w => w.InApprovingAsync(place => place == 0 ? VoteOption.NoConcern : VoteOption.Talk),
        ["approving, dissent awaited"] = async w =>
        {
            await w.InApprovingAsync();
            await w.DoAsync(w.Owner, new AskDissentCommand(w.NewId(), (await w.ReadersAsync())[0].Person.Value, null));
        },
        ["follow-up"] = async w =>
        {
            await w.InFollowUpAsync();
            await w.DoAsync(w.Owner, new PlanFollowUpCommand(w.NewId(), Plan(w)));
        },
        ["closed"] = w => w.ClosedAsync(),
        ["minutes proposed"] = async w =>
        {
            await w.InRoomAsync();
            foreach (var person in new[] { w.Facilitator, w.Owner, (await w.ReadersAsync())[0] })
            {
                await w.DoAsync(person, new JoinRoomCommand(w.NewId()));
            }

            await w.DoAsync(w.Facilitator, new OpenVoteCommand(w.NewId()));
            await w.VoteAllAsync();
            await w.DoAsync(w.Facilitator, new HarvestCommand(w.NewId()));
            await w.DoAsync(w.Facilitator, new ProposeMinutesCommand(w.NewId()));
        },
        ["withdrawn"] = async w =>
        {
            await w.InComparingAsync();
            await w.DoAsync(w.Owner, new WithdrawCaseCommand(w.NewId(), "Vergissing"));
        },
        ["waiting for an immediate decision"] = w => w.SubmitAsync("urgent"),
    };

    private static IEnumerable<string> MomentNames => Moments.Keys;

    [TestCaseSource(nameof(MomentNames))]
    public async Task What_is_not_offered_is_refused_and_what_is_offered_is_done(string moment)
    {
        var offered = new List<(int Viewer, string Command)>();
        await using (var world = await CaseWorld.StartAsync())
        {
            await Moments[moment](world);
            var people = await PeopleAsync(world);
            for (var i = 0; i < people.Count; i++)
            {
                offered.AddRange((await RefusedAllButAsync(world, people[i])).Select(name => (i, name)));
            }
        }

        while (offered.Count > 0)
        {
            await using var world = await CaseWorld.StartAsync();
            await Moments[moment](world);
            var people = await PeopleAsync(world);
            var left = offered.Count;
            foreach (var (viewer, name) in offered.ToList())
            {
                // One command moves the case on; what is then no longer offered has its turn in a case of its own.
                if ((await CanAsync(world, people[viewer])).Contains(name))
                {
                    var result = await world.TryAsync(people[viewer], Commands[name](world, await world.FileAsync(), people[viewer]));
                    Assert.That(result.Refusal, Is.Null, $"{name} was offered to person {viewer}");
                    offered.Remove((viewer, name));
                }
            }

            Assert.That(offered, Has.Count.LessThan(left));
        }
    }

    /// <summary>Gives every command that is not offered; each must be refused.</summary>
    /// <returns>What is offered and known here; the others need a choice of their own and are tested with their use case.</returns>
    private static async Task<IEnumerable<string>> RefusedAllButAsync(CaseWorld world, Actor actor)
    {
        var can = await CanAsync(world, actor);
        foreach (var (name, command) in Commands.Where(c => !can.Contains(c.Key)))
        {
            var result = await world.TryAsync(actor, command(world, await world.FileAsync(), actor));
            Assert.That(result.Refusal, Is.Not.Null, $"{name} was not offered to {actor.Person}");
        }

        return can.Where(Commands.ContainsKey);
    }

    private static async Task<IReadOnlySet<string>> CanAsync(CaseWorld world, Actor actor) =>
        (await world.Get<CaseReads>().ReadAsync(actor, world.Case, "case", CancellationToken.None)).View?.Can ?? new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Owner, two readers, facilitator, coordinator, approver, somebody outside.</summary>
    private static async Task<IReadOnlyList<Actor>> PeopleAsync(CaseWorld world)
    {
        var readers = (await world.FileAsync()).Phase == CasePhase.Draft ? [] : await world.ReadersAsync();
        return [world.Owner, .. readers.Take(1), .. readers.Skip(2), world.Facilitator, world.Coordinator, world.Approver, CaseWorld.Colleague(10)];
    }

    private static async Task<Guid> ReadingOfAsync(CaseWorld world, int place)
    {
        var file = await world.FileAsync();
        return BlindViewAnchors.IdOf(file, file.Interpretations[place]);
    }

    private static Guid EnquiryOf(CaseFile file, Func<EnquiryRow, bool> which) =>
        file.Enquiries.Where(which).Select(e => BlindViewAnchors.IdOf(file, file.Interpretations.Single(r => r.EventId == e.ReadingEvent))).FirstOrDefault();

    /// <summary>Another for each tick that there is: a merged entry is ticked once.</summary>
    private static Guid MissingOf(CaseFile file) => file.Interpretations is [var first, ..]
        ? ComparingIds.Missing(BlindViewAnchors.IdOf(file, first), file.MissingChecks.Count)
        : Guid.Empty;

    /// <summary>One's own, or else somebody's.</summary>
    private static Guid MessageFor(CaseFile file, Actor actor)
    {
        var standing = file.Messages.Where(m => m.RetractedAt is null).ToList();
        return (standing.Find(m => m.PersonId == actor.Person) ?? standing.FirstOrDefault())?.EventId ?? default;
    }

    private static SayCommand Saying(CaseWorld world, CaseFile file, Actor actor)
    {
        var kinds = file.Room is null ? [] : PhaseRules.Kinds(file, actor.Person, inReply: true);
        var kind = kinds.Count == 0 ? MessageKind.Remark : kinds[0];
        var asked = kind == MessageKind.Answer ? file.Messages.FirstOrDefault(m => m.Kind == MessageKind.Question)?.EventId : null;
        return new(world.NewId(), "Wat dan?", kind, asked);
    }

    private static Guid Beside(CaseFile file) => DemoPeople.All.First(p => AppointCoFacilitator.MayLeadBeside(p, file)).Id.Value;

    private static Guid Free(CaseFile file) =>
        DemoPeople.All.First(p => p.Roles.Contains(Role.Worker) && RoutingRules.MayRead(p, file)).Id.Value;

    private static FollowUpPlan Plan(CaseWorld world) =>
        new() { Action = "Bel de studio", Owner = world.Owner.Person.Value, Due = world.Today.AddDays(1) };
}
