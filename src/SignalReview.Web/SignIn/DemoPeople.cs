namespace SignalReview.Web.SignIn;

/// <param name="Function">What the person does, in the team's words.</param>
internal sealed record DemoPerson(string Subject, string Name, string Function, string Team, IReadOnlyList<string> Roles);

/// <summary>The people of the demo.</summary>
internal sealed class DemoPeople
{
    public IReadOnlyList<DemoPerson> All { get; } =
    [
        new("w1", "Samira el Idrissi", "jongerenwerker", "Noord", [Roles.Worker, Roles.Approver]),
        new("w2", "Joost Verbeek", "jongerenwerker", "Noord", [Roles.Worker]),
        new("w3", "Rachelle Pinas", "straathoekwerker", "Zuid", [Roles.Worker]),
        new("w4", "Daan Hofstra", "online jongerenwerker", "Online", [Roles.Worker]),
        new("w5", "Ineke van der Wal", "aandachtsfunctionaris meldcode", "Staf", [Roles.Worker, Roles.Approver]),
        new("w6", "Yusuf Demir", "jongerenwerker", "Zuid", [Roles.Worker, Roles.Approver]),
        new("w7", "Marit de Groot", "teamleider", "Staf", [Roles.Worker, Roles.Approver, Roles.Coordinator]),
        new("w8", "Noor Willems", "stagiair hbo social work", "Noord", [Roles.Worker]),
        new("w9", "Kofi Mensah", "ervaringsdeskundige jongerenpanel", "Panel", [Roles.Worker]),
        new("w10", "Hanna Visser", "auditor", "Staf", [Roles.Auditor]),
        new("w11", "Peter Okafor", "functionaris gegevensbescherming", "Staf", [Roles.PrivacyOfficer]),
        new("w12", "Lotte Bakker", "gespreksleider", "Staf", [Roles.Facilitator]),
    ];

    public DemoPerson? Find(string? subject) => All.FirstOrDefault(person => person.Subject == subject);
}
