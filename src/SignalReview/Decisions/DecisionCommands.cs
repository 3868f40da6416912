using SignalReview.Cases;
using SignalReview.Rooms;

namespace SignalReview.Decisions;

/// <summary>The owner's decision: never derived from a majority.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Decision">What was decided and why.</param>
/// <param name="Approver">Who is asked for the second pair of eyes; never the owner. Not needed for an immediate decision.</param>
public sealed record DecideCommand(Guid CommandId, DecisionContent Decision, Guid? Approver) : ICommand;

public record DecisionContent
{
    public VoteOption? Outcome { get; init; }
    public IReadOnlyList<string> Facts { get; init; } = [];
    public string? Rationale { get; init; }

    /// <summary>How diverging readings were weighed.</summary>
    public string? Weighing { get; init; }

    /// <summary>Required when the outcome departs from what the last round advises.</summary>
    public string? DeviationReason { get; init; }

    /// <summary>What was or was not shared, with whom, why.</summary>
    public IReadOnlyList<string> Disclosures { get; init; } = [];

    public DateOnly? ReviewDate { get; init; }
    public IReadOnlyList<FollowUpPlan> FollowUps { get; init; } = [];
}

/// <summary>One action that follows.</summary>
public sealed record FollowUpPlan
{
    public string? Action { get; init; }
    public Guid? Owner { get; init; }
    public DateOnly? Due { get; init; }
    public Channel? Channel { get; init; }
    public FollowUpTheme? Theme { get; init; }
    public PresenceTiming? Timing { get; init; }
    public bool OutsideWorkingHours { get; init; }

    /// <summary>Required when the action falls outside working hours.</summary>
    public string? ExceptionReason { get; init; }
}

/// <summary>Asks someone who voted otherwise for their own words; by the owner. The proposal is a start that they may replace.</summary>
public sealed record AskDissentCommand(Guid CommandId, Guid Person, string? Proposal) : ICommand;

/// <summary>
/// A dissenter's statement in their own words; asked or not. Until the decision is approved a later one takes its place. What is still being
/// written is a draft, and its writer's alone.
/// </summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Statement">The words.</param>
/// <param name="Approved">The dissenter approves these words; without that nothing stands.</param>
public sealed record StateDissentCommand(Guid CommandId, string Statement, bool Approved = false) : ICommand;

/// <summary>A statement that is still being written, as a draft.</summary>
public sealed record DissentDraft(string? Statement);

/// <summary>Somebody who was asked has no statement to make.</summary>
public sealed record WaiveDissentCommand(Guid CommandId) : ICommand;

public sealed record ApproveDecisionCommand(Guid CommandId, string? Remark) : ICommand;

/// <summary>Sends the proposal back, by the approver; or the owner takes it back, for instance to ask somebody else.</summary>
public sealed record ReturnDecisionCommand(Guid CommandId, string Reason) : ICommand;

/// <summary>One more action; by the owner, after the decision was approved.</summary>
public sealed record PlanFollowUpCommand(Guid CommandId, FollowUpPlan FollowUp) : ICommand;

/// <summary>What came of an action; by its owner or the case's.</summary>
public sealed record CompleteFollowUpCommand(Guid CommandId, Guid FollowUp, string Result, bool Dropped = false) : ICommand;

/// <summary>The look back: what did the signal turn out to mean, and what do we learn? By the owner; closes the case.</summary>
public sealed record ReviewCaseCommand(Guid CommandId, string ActualMeaning, string Learning) : ICommand
{
    /// <summary>For each dissent that stands: what happened, seen beside it.</summary>
    public IReadOnlyList<DissentOutcome> Dissents { get; init; } = [];
}

/// <param name="Dissent">Which, by the statement's id in the case.</param>
/// <param name="Happened">What happened, without a verdict on who was right.</param>
public sealed record DissentOutcome(Guid Dissent, string Happened);

/// <summary>The dissenter's last word, once, after the look back.</summary>
public sealed record CloseDissentCommand(Guid CommandId, string Word) : ICommand;

/// <summary>Opens a closed case again, for a decision that supersedes; by the owner or the coordinator.</summary>
public sealed record ReopenCaseCommand(Guid CommandId, string Reason) : ICommand;
