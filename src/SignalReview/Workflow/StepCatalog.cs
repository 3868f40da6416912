using System.Collections.Frozen;
using System.Collections.Immutable;

namespace SignalReview.Workflow;

/// <summary>
/// Every activity that a definition may use, and nothing else. Both engines read it: the embedded one to run the files, the Elsa
/// one to register its activities.
/// </summary>
internal static class StepCatalog
{
    public const string Prefix = "SignalReview.";
    public const string ElsaPrefix = "Elsa.";
    public const string Delay = "Delay";

    /// <summary>More than a year of the clock, five of working hours.</summary>
    public const int MostHours = 10_000;

    /// <summary>Readers, answers or rounds.</summary>
    public const int MostColleagues = 1_000;

    public const string DeadlineHours = "DeadlineHours";
    public const string DeadlineMinutes = "DeadlineMinutes";
    public const string ReminderHours = "ReminderHours";
    public const string MaxPauseHours = "MaxPauseHours";
    public const string Clock = "Clock";
    public const string WallClock = "wall";
    public const string FollowUp = "FollowUp";
    public const string OpenRoom = "OpenRoom";
    public const string Method = "Method";

    private static readonly StepOutcome Done = new("Done", "The step is done.");
    private static readonly StepOutput MaxConcern = new("MaxConcern", FlowType.Int32, "The highest concern given, 0 to 10.") { Maximum = 10 };
    private static readonly StepInput Round = Number("Round", "The round, from 1.");
    private static readonly StepInput Quorum = Number("Quorum", "How many answers are enough at the deadline.");

    public static ImmutableArray<StepDescription> All { get; } =
    [
        Step("CallCard", "Shows the worker whom to call now: 112, 113 or Veilig Thuis.", [], [Done]),
        Step("AppointFacilitator", "Appoints the facilitator who leads the consultation.", [], [Done]),
        Step("InviteReaders", "Chooses and invites readers by expertise, hours, load and conflict of interest.",
            [
                Number("Count", "How many readers are invited."),
                Number("AcceptWithinHours", "Working hours within which an invitation is accepted before another colleague is asked.") with { Maximum = MostHours },
            ],
            [new("Invited", "Enough readers were found."), new("TooFew", "Fewer readers were found than asked.")]),
        Step("Reveal", "Shows the readings to each other, once and for all.", [], [Done],
            MaxConcern,
            new("Divergent", FlowType.Boolean, "The readings differ so much that talking is needed."),
            new("Readings", FlowType.Int32, "How many readings were shown.")),
        Step(OpenRoom, "Opens the room in which the colleagues talk and vote.",
            [new(Method, FlowType.String, Required: true, "The method of the talk: the id of a template in the folder methods, or open for a talk without phases.") { IsLiteral = true }],
            [Done]),
        Step("Escalate", "Tells someone in charge that the case is stuck, and why.",
            [
                Choice("To", "Who is told.", "coordinator", "facilitator", "owner"),
                Choice("Reason", "Why.", "tooFewReaders", "tooFewReadings", "tooFewVotes", "clarifyingOverdue", "comparingOverdue",
                    "discussionOverdue", "weighingOverdue", "decisionOverdue", "approvalOverdue", "reviewOverdue"),
            ],
            [Done]),
        Step("CloseCase", "Closes the case.", [], [Done]),

        Wait("AwaitImmediateDecision", "Waits for the immediate decision in acute danger. Never waits for a vote.", [],
            [new("Decided", "The owner recorded what was done."), Late()]),
        Wait("Clarify", "Readers ask, the worker answers; no advice, no judgement.", [],
            [new("Done", "All questions are answered."), Late()]),
        Wait("CollectInterpretations", "Collects the blind readings.", [Quorum],
            [
                new("AllIn", "Every reader handed in."),
                new("Quorum", "The deadline came and enough readers handed in."),
                new("TooFew", "The deadline came and too few readers handed in."),
                new("Early", "The facilitator went on earlier, with a reason."),
            ]),
        Wait("Compare", "The owner compares the readings and chooses: talk, or decide.", [],
            [new("OpenRoom", "The room is opened."), new("Decide", "The owner decides without a room."), Late()]),
        Wait("Discuss", "The colleagues talk in the room.", [Round], [new("Vote", "The facilitator opens the vote."), Late()]),
        Wait("CollectVotes", "Collects the votes of one round.", [Round, Quorum],
            [
                new("AllIn", "Everyone voted or abstained."),
                new("Quorum", "The deadline came and enough colleagues voted."),
                new("TooFew", "The deadline came and too few colleagues voted."),
                new("Early", "The facilitator closed the vote earlier, with a reason."),
            ],
            new("Agreement", FlowType.Int32, "Percentage of the answers that favour what leads; for a proposal, of those that do not object.") { Maximum = 100 },
            MaxConcern),
        Wait("Weigh", "The colleagues weigh the result: another round, or on to the decision.",
            [Round, Number("MaxRounds", "After this round no other follows.")],
            [new("SecondRound", "Another round is held."), new("Harvest", "The result goes to the owner."), Late()]),
        Wait("AskDecision", "The owner decides, with reasons.", [], [new("Decided", "The decision is recorded."), Late()]),
        Wait("AskApproval", "Someone other than the owner approves the decision.", [],
            [new("Approved", "The decision is approved."), new("Returned", "The decision goes back to the owner, with a reason."), Late()]),
        Wait(FollowUp, "The actions are carried out until the review. The decision's review date is the deadline.", [],
            [new("Reviewed", "The owner recorded what the signal turned out to mean."), Late()]),

        Elsa(Delay, StepKind.Asked, "Waits for a fixed time.",
            [new("TimeSpan", FlowType.TimeSpan, Required: true, "How long, as hh:mm:ss or d.hh:mm:ss.")], Done),
        Elsa("FlowDecision", StepKind.Decision, "Goes one of two ways.",
            [new("Condition", FlowType.Boolean, Required: true, "The condition.")],
            new("True", "The condition holds."), new StepOutcome("False", "The condition does not hold.")),
        Elsa("FlowSwitch", StepKind.Switch, "Goes the way of the first case that holds.", [], new StepOutcome("Default", "No case holds.")),
        Elsa("FlowJoin", StepKind.Join, "Brings branches together.",
            [new("Mode", FlowType.String, Required: true, "Wait for all branches or for any.") { Allowed = ["WaitAll", "WaitAny"] }], Done),
        Elsa("SetVariable", StepKind.SetVariable, "Gives a variable a value.", [], Done),
        Elsa("Finish", StepKind.Finish, "Ends the case's workflow.", []),
    ];

    private static readonly FrozenDictionary<string, StepDescription> ByType = All.ToFrozenDictionary(s => s.Type, StringComparer.Ordinal);

    /// <param name="type">With prefix, as in a definition.</param>
    public static StepDescription? Find(string type) => ByType.GetValueOrDefault(type);

    private static StepDescription Step(
        string name, string description, ImmutableArray<StepInput> inputs, ImmutableArray<StepOutcome> outcomes, params ImmutableArray<StepOutput> outputs) =>
        new(name, StepKind.Asked, description, inputs, outcomes, outputs, Waits: false);

    private static StepDescription Wait(
        string name, string description, ImmutableArray<StepInput> inputs, ImmutableArray<StepOutcome> outcomes, params ImmutableArray<StepOutput> outputs) =>
        new(name, StepKind.Asked, description, [.. inputs, .. Deadline()], outcomes, outputs, Waits: true);

    private static StepDescription Elsa(string name, StepKind kind, string description, ImmutableArray<StepInput> inputs, params ImmutableArray<StepOutcome> outcomes) =>
        new(name, kind, description, inputs, outcomes, [], Waits: false);

    private static StepOutcome Late() => new("Deadline", "The deadline came first.");

    private static StepInput Number(string name, string description) => new(name, FlowType.Int32, Required: true, description) { Maximum = MostColleagues };

    private static StepInput Choice(string name, string description, params ImmutableArray<string> allowed) =>
        new(name, FlowType.String, Required: true, description) { Allowed = allowed };

    // Exactly one of the first two is needed: the validator says so, as "required" cannot.
    private static ImmutableArray<StepInput> Deadline() =>
    [
        new(DeadlineHours, FlowType.Int32, Required: false, "Deadline in hours. Give this or the minutes.") { Maximum = MostHours },
        new(DeadlineMinutes, FlowType.Int32, Required: false, "Deadline in minutes. Give this or the hours.") { Maximum = MostHours * 60 },
        new(Clock, FlowType.String, Required: false, "Which hours count: the team's working hours (default) or all hours.")
        {
            Allowed = ["working", WallClock],
        },
        new(ReminderHours, FlowType.Int32, Required: false, "This many hours before the deadline a reminder is sent.") { Maximum = MostHours },
        new(MaxPauseHours, FlowType.Int32, Required: false, "The longest that its deadline can be paused, in hours of the clock. Two weeks when left out; 0 for never.") { Minimum = 0, Maximum = MostHours },
    ];
}
