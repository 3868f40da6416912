namespace SignalReview.Rooms;

/// <summary>What the room is doing.</summary>
public enum RoomPhase { Discussion, Vote, Revealed, Harvested }

/// <summary>What colleagues may advise and an owner may decide.</summary>
public enum VoteOption { NoConcern, WithinContact, Talk, Support, ReportingCode, Emergency, DoNotProcess }

/// <summary>What something that is said in the room is for: the method's phases ask for one or the other.</summary>
public enum MessageKind { Question, Answer, Remark, Advice, Takeaway }

/// <summary>What a message can be about.</summary>
public enum AnchorKind { Reading, Question }
