namespace SignalReview.Rooms;

/// <summary>What the room is doing.</summary>
public enum RoomPhase { Discussion, Vote, Revealed, Harvested }

/// <summary>What colleagues may advise and an owner may decide.</summary>
public enum VoteOption { NoConcern, WithinContact, Talk, Support, ReportingCode, Emergency, DoNotProcess }

/// <summary>Where somebody stands towards a proposal. An objection says what would go wrong, so it is more than not agreeing.</summary>
public enum ConsentPosition { Agree, AgreeWithConcern, Object }

/// <param name="Option">One of those offered.</param>
/// <param name="Score">0–10.</param>
public sealed record OptionScore(VoteOption Option, int Score);

/// <summary>What something that is said in the room is for: the method's phases ask for one or the other.</summary>
public enum MessageKind { Question, Answer, Remark, Advice, Takeaway }

/// <summary>What a message can be about.</summary>
public enum AnchorKind { Reading, Question }
