namespace SignalReview.Consultations;

/// <summary>Where an invited reader stands.</summary>
public enum InvitationState { Invited, Accepted, Declined, Expired, Replaced }

/// <summary>"Cannot judge" and "the question is unclear" are answers of their own.</summary>
public enum InterpretationKind { Reading, CannotJudge, QuestionUnclear }

/// <summary>
/// Stuart Hall's reading positions, relative to the meaning that the sender intended ("Encoding/decoding", 1980), with one more for
/// a reader who does not know the code. "Oppositional" is not "worried".
/// </summary>
public enum ReadingPosition { Preferred, Negotiated, Oppositional, CodeUnknown }

/// <summary>What may distort a reading on its way (Shannon and Weaver's term).</summary>
public enum Noise { Irony, Slang, Ephemeral, SecondHand, Lyrics, Stereotype, Cropped, Trend, Audience, Platform }

/// <summary>Why readings or votes were revealed.</summary>
public enum RevealReason { AllIn, Quorum, Early }
