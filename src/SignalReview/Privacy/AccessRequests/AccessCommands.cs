using SignalReview.Cases;

namespace SignalReview.Privacy.AccessRequests;

/// <summary>Registers a request for access. By a privacy officer.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Requester">Who asks.</param>
/// <param name="Age">Of the young person, in years.</param>
/// <param name="Identity">How it was made sure who asks.</param>
/// <param name="ReceivedOn">The day on which it came in; the time to answer counts from it.</param>
/// <param name="Note">How it came in and what is asked for. No copy of a document, no more names than needed.</param>
public sealed record RegisterAccessCommand(Guid CommandId, Requester? Requester, int? Age, IdentityCheck? Identity, DateOnly? ReceivedOn, string Note) : ICommand;

/// <summary>Takes the longer time to answer, once.</summary>
public sealed record ExtendAccessCommand(Guid CommandId, string Reason) : ICommand;

/// <summary>Says that a case is about whom the request is about.</summary>
public sealed record AddAccessCaseCommand(Guid CommandId, Guid Case) : ICommand;

/// <summary>Gives access.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Reason">Why.</param>
/// <param name="Despite">Why it is right although an exception holds; needed when one does.</param>
public sealed record GrantAccessCommand(Guid CommandId, string Reason, string? Despite = null) : ICommand;

/// <summary>Refuses access.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Ground">One of the rules' grounds.</param>
/// <param name="Letter">What the requester is told.</param>
/// <param name="Reason">Why, for the trail.</param>
public sealed record RefuseAccessCommand(Guid CommandId, string Ground, string Letter, string Reason) : ICommand;

/// <summary>Saves what is blacked out of one case.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Case">Of the request.</param>
/// <param name="Revision">Last seen.</param>
/// <param name="Marks">All of them; what is not named is not marked any more.</param>
public sealed record MarkAccessCommand(Guid CommandId, Guid Case, long Revision, AccessMarks Marks) : ICommand;

/// <summary>Makes the file of one case, as marked.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Case">Of the request.</param>
/// <param name="Revision">Of the marks that were looked at.</param>
/// <param name="Language">"nl" or "en".</param>
public sealed record MakeAccessFileCommand(Guid CommandId, Guid Case, long Revision, string Language) : ICommand;

/// <summary>The second person has looked at the file: it may go, or it goes back.</summary>
public sealed record JudgeAccessFileCommand(Guid CommandId, Guid Case, bool Approve, string Reason) : ICommand;

/// <summary>Records that the requester has what they asked for, and how they got it.</summary>
public sealed record AnswerAccessCommand(Guid CommandId, string How) : ICommand;
