using SignalReview.Cases;

namespace SignalReview.Comparing;

/// <summary>Ticks what readers missed, with what was found; by those who take part in the case, from the reveal on.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Item">Which, by its id in the comparison.</param>
/// <param name="Found">What was found, also when that is that it cannot be known.</param>
public sealed record CheckMissingCommand(Guid CommandId, Guid Item, string Found) : ICommand;

/// <summary>Takes a tick away again: it was not the answer after all.</summary>
public sealed record UncheckMissingCommand(Guid CommandId, Guid Item) : ICommand;

/// <summary>Volunteers to look into what would change a reader's mind.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Reading">Whose, by the reading's id in the comparison.</param>
public sealed record TakeEnquiryCommand(Guid CommandId, Guid Reading) : ICommand;

/// <summary>Who took it gives it back, not looked into.</summary>
public sealed record LeaveEnquiryCommand(Guid CommandId, Guid Reading) : ICommand;

/// <summary>Who took it says what they found; then the reader is asked what it does to their reading.</summary>
public sealed record ReportEnquiryCommand(Guid CommandId, Guid Reading, string Found) : ICommand;

/// <summary>The reader says what it does to their reading, also when that is nothing. The reading itself stays.</summary>
public sealed record AnswerEnquiryCommand(Guid CommandId, Guid Reading, ReadingChange? Change, string Reason) : ICommand;
