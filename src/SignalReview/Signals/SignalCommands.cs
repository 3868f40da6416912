using SignalReview.Cases;

namespace SignalReview.Signals;

/// <summary>Opens an empty draft.</summary>
public sealed record StartSignalCommand(Guid CommandId) : ICommand;

/// <summary>Freezes what was written and starts the consultation.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Signal">The whole signal; what it lacks is named in the refusal, and nothing is lost.</param>
/// <param name="Workflow">Definition id; null: urgent for acute, otherwise the full way.</param>
public sealed record SubmitSignalCommand(Guid CommandId, SignalSubmission Signal, string? Workflow = null) : ICommand;

/// <summary>A later addition: a new, dated entry beside the frozen version.</summary>
public sealed record AddToSignalCommand(Guid CommandId, string Text) : ICommand;

/// <summary>Throws a draft away.</summary>
public sealed record DiscardDraftCommand(Guid CommandId) : ICommand;

/// <summary>The submitter or owner takes the case back.</summary>
public sealed record WithdrawCaseCommand(Guid CommandId, string Reason) : ICommand;

/// <summary>The privacy officer stops a case that should not be here; content is out of everyone's sight from then on.</summary>
public sealed record StopCaseCommand(Guid CommandId, string Reason) : ICommand;

/// <summary>The privacy officer records what was done about a legality stop.</summary>
public sealed record HandleStopCommand(Guid CommandId, string Measures) : ICommand;

/// <summary>Hands the case to another owner; by the owner or the coordinator.</summary>
public sealed record TransferCaseCommand(Guid CommandId, Guid NewOwner, string Reason) : ICommand;

/// <summary>Names another facilitator; by the facilitator, the owner or the coordinator.</summary>
public sealed record AppointFacilitatorCommand(Guid CommandId, Guid Facilitator, string Reason) : ICommand;

/// <summary>Names somebody who leads beside the facilitator; by the facilitator, the owner or the coordinator.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="CoFacilitator">Null: nobody any more; also by that person.</param>
/// <param name="Reason">Why.</param>
public sealed record AppointCoFacilitatorCommand(Guid CommandId, Guid? CoFacilitator, string Reason) : ICommand;

/// <summary>Gives a waiting step more time; by the facilitator or the coordinator.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Node">The open step.</param>
/// <param name="DueAt">The new deadline; later than now.</param>
/// <param name="Reason">Why.</param>
public sealed record ExtendDeadlineCommand(Guid CommandId, string Node, DateTimeOffset DueAt, string Reason) : ICommand;

/// <summary>Lets a waiting step's deadline stand still until it is resumed, or for as long as its definition allows.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Node">The waiting step.</param>
/// <param name="Reason">Why.</param>
public sealed record PauseDeadlineCommand(Guid CommandId, string Node, string Reason) : ICommand;

/// <summary>Lets a paused deadline run on, with the time that was left.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Node">The waiting step.</param>
public sealed record ResumeDeadlineCommand(Guid CommandId, string Node) : ICommand;
