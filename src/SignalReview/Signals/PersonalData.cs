namespace SignalReview.Signals;

/// <summary>What a piece of text looks like.</summary>
public enum PersonalDataKind { Name, PhoneNumber, Email, Handle, AccountLink, Address, School, BirthDate, CitizenNumber }

/// <summary>
/// Something in a signal that may tell who somebody is. It is a warning, never a verdict: nothing is blocked by it, and what is not found
/// may still be there.
/// </summary>
/// <param name="Path">The field, as a problem of the submission names it: <c>online.literalText</c>, <c>offline.unknowns[2]</c>.</param>
/// <param name="Kind">What it looks like.</param>
/// <param name="Text">The words as they stand there.</param>
/// <param name="Start">Where they start in the field, in UTF-16 code units.</param>
/// <param name="Length">How long they are.</param>
public sealed record PersonalDataFinding(string Path, PersonalDataKind Kind, string Text, int Start, int Length);
