using SignalReview.People;

namespace SignalReview.Trail;

/// <summary>An event that a unit of work will append when it commits.</summary>
/// <param name="Id">Given out at once, so that state rows can point to it.</param>
/// <param name="Type">For instance "vote.cast".</param>
/// <param name="Actor">Who.</param>
/// <param name="Role">As what: a role's camelCase name, or "system".</param>
/// <param name="Body">The private content as canonical JSON.</param>
internal sealed record PendingEvent(Guid Id, string Type, PersonId Actor, string Role, byte[] Body);
