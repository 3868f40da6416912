namespace SignalReview.People;

/// <summary>A colleague.</summary>
/// <param name="Id">Opaque; the only name of a person in headers of the trail.</param>
/// <param name="Subject">The identity provider's name for this person.</param>
/// <param name="Name">As colleagues know them.</param>
/// <param name="JobTitle">What they do, in the team's words.</param>
/// <param name="Team">Whose working hours count for their cases.</param>
/// <param name="HoursPerWeek">Contracted; routing weighs load by it.</param>
/// <param name="CodeFamiliarity">Which codes they know, in their own words.</param>
/// <param name="KnowsLifeworld">Stands near the young people's world.</param>
/// <param name="CoreOnly">Sees the anonymised core of a case only.</param>
/// <param name="Active">Still works here.</param>
/// <param name="Roles">What the organisation trusts them with.</param>
/// <param name="Expertise">Platforms, themes, target groups and neighbourhoods.</param>
public sealed record Person(
    PersonId Id,
    string Subject,
    string Name,
    string JobTitle,
    string Team,
    int HoursPerWeek,
    string CodeFamiliarity,
    bool KnowsLifeworld,
    bool CoreOnly,
    bool Active,
    IReadOnlySet<Role> Roles,
    IReadOnlyList<string> Expertise);
