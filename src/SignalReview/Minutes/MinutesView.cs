using SignalReview.Consultations;
using SignalReview.Rooms;
using SignalReview.Rooms.Methods;
using SignalReview.Rooms.Tallies;

namespace SignalReview.Minutes;

/// <summary>How the minutes stand.</summary>
/// <param name="Number">Of the last version that the viewer may read.</param>
/// <param name="State">How that stands.</param>
/// <param name="DueAt">Until when it can be answered.</param>
public sealed record MinutesStanding(int Number, MinutesState State, DateTimeOffset DueAt);

/// <summary>The minutes as one viewer may read them: the draft and what lies for approval by those of the room, what was fixed by all in the case.</summary>
/// <param name="Versions">By number. Nothing is overwritten: the last that was fixed stands.</param>
/// <param name="Draft">As they write themselves now; null when that is not for this viewer.</param>
/// <param name="HasNews">The draft holds a text that no version has yet.</param>
public sealed record MinutesView(IReadOnlyList<MinutesVersionView> Versions, MinutesContent? Draft, bool HasNews);

/// <param name="Number">From 1.</param>
/// <param name="State">How it stands.</param>
/// <param name="ProposedBy">Who stands behind it.</param>
/// <param name="ProposedAt">When.</param>
/// <param name="DueAt">Until when it could be answered.</param>
/// <param name="SettledAt">When it was fixed or taken back.</param>
/// <param name="Answers">Of those who were asked, in the order in which they answered; who has not has no time.</param>
/// <param name="Content">Null when it was erased.</param>
public sealed record MinutesVersionView(
    int Number,
    MinutesState State,
    PersonRef ProposedBy,
    DateTimeOffset ProposedAt,
    DateTimeOffset DueAt,
    DateTimeOffset? SettledAt,
    IReadOnlyList<MinutesAnswerView> Answers,
    MinutesContent? Content);

/// <param name="By">Who was asked.</param>
/// <param name="Agrees">Null: has not reacted.</param>
/// <param name="At">When they answered.</param>
/// <param name="Remark">Always there with an objection.</param>
public sealed record MinutesAnswerView(PersonRef By, bool? Agrees, DateTimeOffset? At, string? Remark);

/// <param name="Method">How the talk was held.</param>
/// <param name="Phases">In order.</param>
/// <param name="Attendance">By arrival.</param>
/// <param name="Questions">Clarifying questions that the viewer may read.</param>
/// <param name="QuestionsElsewhere">How many there are that the viewer may not read.</param>
/// <param name="Messages">What was asked, answered, advised and taken along in the room.</param>
/// <param name="Rounds">Votes that were revealed, as counts.</param>
/// <param name="Notes">What was written beside the facts.</param>
public sealed record MinutesContent(
    MethodText Method,
    IReadOnlyList<MinutesPhaseView> Phases,
    IReadOnlyList<MinutesAttendanceView> Attendance,
    IReadOnlyList<MinutesQuestionView> Questions,
    int QuestionsElsewhere,
    IReadOnlyList<MinutesMessageView> Messages,
    IReadOnlyList<MinutesRoundView> Rounds,
    IReadOnlyList<MinutesNoteView> Notes);

/// <param name="Phase">What the room did.</param>
/// <param name="Title">As the method calls it; null where it is no phase of the method's.</param>
/// <param name="Round">Of votes.</param>
/// <param name="From">Since when.</param>
/// <param name="Until">Null while it lasts.</param>
public sealed record MinutesPhaseView(RoomPhase Phase, MethodText? Title, int? Round, DateTimeOffset From, DateTimeOffset? Until);

public sealed record MinutesAttendanceView(PersonRef Person, DateTimeOffset JoinedAt);

public sealed record MinutesQuestionView(Guid Id, PersonRef By, string? Question, string? Answer);

/// <param name="Id">The message.</param>
/// <param name="By">Who said it.</param>
/// <param name="At">When.</param>
/// <param name="Kind">What it was for.</param>
/// <param name="Text">As it was when the minutes were made; null when it was retracted or erased since.</param>
/// <param name="Retracted">It was retracted, then or since.</param>
public sealed record MinutesMessageView(Guid Id, PersonRef By, DateTimeOffset At, MessageKind Kind, string? Text, bool Retracted);

/// <param name="Round">Which.</param>
/// <param name="RevealedAt">When.</param>
/// <param name="Reason">Why then.</param>
/// <param name="Tally">What it came to.</param>
public sealed record MinutesRoundView(int Round, DateTimeOffset RevealedAt, RevealReason Reason, VoteTally Tally);

/// <param name="Section">Where it stands.</param>
/// <param name="Number">From 1; the next text of the section names it.</param>
/// <param name="By">Who wrote it.</param>
/// <param name="At">When.</param>
/// <param name="Text">Empty when it was taken away again; null when it was erased.</param>
public sealed record MinutesNoteView(MinutesSection Section, int Number, PersonRef By, DateTimeOffset At, string? Text);
