namespace SignalReview.Rooms;

/// <summary>What the room is doing. Which of these a room passes through, and in what order, is its method's to say.</summary>
public enum RoomPhase
{
    /// <summary>Questions only; who brought the case in answers.</summary>
    Questions,

    /// <summary>The colleagues think aloud; who brought the case in listens.</summary>
    Analysis,

    /// <summary>Each advises.</summary>
    Advice,

    /// <summary>Everyone talks; the talk of a second round too.</summary>
    Discussion,

    Vote,
    Revealed,

    /// <summary>Each says what they take along.</summary>
    Harvest,

    /// <summary>The room has done its work and is closed.</summary>
    Harvested,
}

/// <summary>What colleagues may advise and an owner may decide.</summary>
public enum VoteOption { NoConcern, WithinContact, Talk, Support, ReportingCode, Emergency, DoNotProcess }

/// <summary>How much may be known of who wrote what, once it is revealed. From open to closed: a mode can only be tightened.</summary>
public enum Anonymity { Named, Pseudonymous, Detached }

/// <summary>Where somebody stands towards a proposal. An objection says what would go wrong, so it is more than not agreeing.</summary>
public enum ConsentPosition { Agree, AgreeWithConcern, Object }

/// <param name="Option">One of those offered.</param>
/// <param name="Score">0–10.</param>
public sealed record OptionScore(VoteOption Option, int Score);

/// <summary>What something that is said in the room is for: the method's phases ask for one or the other.</summary>
public enum MessageKind { Question, Answer, Remark, Advice, Takeaway }

/// <summary>What a message can be about.</summary>
public enum AnchorKind { Reading, Question }
