namespace SignalReview.Rooms;

/// <summary>What the room is doing.</summary>
public enum RoomPhase { Discussion, Vote, Revealed, Harvested }

/// <summary>What colleagues may advise and an owner may decide.</summary>
public enum VoteOption { NoConcern, WithinContact, Talk, Support, ReportingCode, Emergency, DoNotProcess }
