namespace SignalReview.Decisions;

/// <summary>Where a decision stands. An amended decision supersedes, it never edits.</summary>
public enum DecisionState { Immediate, Proposed, Approved, Returned, Superseded }

/// <summary>Where a dissenter's statement stands; it is in their own words, approved by them.</summary>
public enum DissentState { Asked, Stated, Waived }

/// <summary>
/// Where an action stands. <see cref="Proposed"/> goes with a decision that is not approved yet: nobody acts on it, and it is dropped
/// when the decision is returned.
/// </summary>
public enum FollowUpState { Proposed, Planned, Done, Dropped }

/// <summary>A message gives time to think; a call is direct, with distance; an offline talk is for confronting or reflecting.</summary>
public enum Channel { Message, Call, Offline }

/// <summary>The goals of digital youth work that a follow-up can serve.</summary>
public enum FollowUpTheme { InformatieEnAdvies, Signaleren, Beinvloeding, PresentWerken, EenOpEen, Platformkeuze }

/// <summary>Presence before is support and trust; after is reflection.</summary>
public enum PresenceTiming { Before, After }
