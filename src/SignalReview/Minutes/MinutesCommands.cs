using SignalReview.Cases;

namespace SignalReview.Minutes;

/// <summary>
/// Writes what stands beside the facts in one section of the minutes; by who leads the room, and by the owner once it is closed. A version that
/// lies for approval is taken back by it.
/// </summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Section">Which.</param>
/// <param name="Text">The whole text of the section; empty to leave it to the facts.</param>
/// <param name="After">The number of the section's text that the writer saw, 0 for none: what somebody else wrote since is not overwritten.</param>
public sealed record EditMinutesCommand(Guid CommandId, MinutesSection Section, string Text, int After = 0) : ICommand;

/// <summary>Asks those who were present to approve the minutes as they stand now; once the room is closed.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="WorkingDays">How long they have, 1–10. Then the minutes are fixed, and name who approved, who objected and who did not react.</param>
public sealed record ProposeMinutesCommand(Guid CommandId, int WorkingDays = 3) : ICommand;

/// <summary>Approves a version of the minutes, or objects with a remark. An answer can be changed until the version is fixed.</summary>
public sealed record AnswerMinutesCommand(Guid CommandId, int Version, bool Agrees, string? Remark = null) : ICommand;
