using SignalReview.Cases;

namespace SignalReview.Privacy.Retention;

/// <summary>Asks to keep a case longer than its rule says; by its owner, a coordinator or the privacy officer, once it was told that it is due.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Until">The first day on which it need not be kept any more.</param>
/// <param name="Reason">Why it is still needed.</param>
public sealed record ObjectToErasureCommand(Guid CommandId, DateOnly Until, string Reason) : ICommand;

/// <summary>Answers who asked to keep a case longer; by a privacy officer who is somebody else.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Grant">True: it is kept until the day that was asked for.</param>
/// <param name="Reason">Why, or why not.</param>
public sealed record AnswerObjectionCommand(Guid CommandId, bool Grant, string Reason) : ICommand;

/// <summary>Says on which legal ground a case is; by its owner or the privacy officer.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Ground">One of the rules' grounds.</param>
/// <param name="Reason">Why this one.</param>
public sealed record SetGroundCommand(Guid CommandId, string Ground, string Reason) : ICommand;

/// <summary>Asks that the loaded rules hold from now on, by what they would change.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Sha256">Of the rules that were looked at.</param>
/// <param name="Reason">Why.</param>
public sealed record ProposeRulesCommand(Guid CommandId, string Sha256, string Reason) : ICommand;

/// <summary>The second person lets the rules in, or sends them back.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Sha256">Of the rules that were looked at.</param>
/// <param name="Agree">False: they do not hold.</param>
/// <param name="Reason">Why.</param>
public sealed record ActivateRulesCommand(Guid CommandId, string Sha256, bool Agree, string Reason) : ICommand;

/// <summary>Tells that a case is due. The clock gives it.</summary>
internal sealed record TellDueCommand(Guid CommandId) : ICommand;
