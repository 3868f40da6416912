using SignalReview.Storage;

namespace SignalReview.People;

/// <summary>
/// The colleagues of the demo, all made up. Their ids are fixed, so that a demo database can be made anew under the same bookmarks.
/// </summary>
internal static class DemoPeople
{
    public static IReadOnlyList<Team> Teams { get; } =
    [
        new("Noord", "Europe/Amsterdam", "09:00", "18:00", "12345"),
        new("Zuid", "Europe/Amsterdam", "09:00", "18:00", "12345"),
        new("Online", "Europe/Amsterdam", "12:00", "20:00", "12345"),
        new("Staf", "Europe/Amsterdam", "09:00", "17:00", "12345"),
        new("Panel", "Europe/Amsterdam", "15:00", "20:00", "12345"),
    ];

    public static IReadOnlyList<Person> All { get; } =
    [
        Person(
            1, "Samira el Idrissi", "jongerenwerker", "Noord", 28, "groeide zelf op in de wijk; kent de meidencodes, minder die van gamers",
            near: true, [Role.Worker, Role.Approver], ["meidenwerk", "Instagram", "groepsdynamiek"]),
        Person(
            2, "Joost Verbeek", "jongerenwerker", "Noord", 32, "gamet zelf; herkent ironie en memes, kent straattaal matig",
            near: true, [Role.Worker], ["gaming", "Discord", "tieners 10-14"]),
        Person(
            3, "Rachelle Pinas", "straathoekwerker", "Zuid", 32, "kent de jongens en de muziekscene al zes jaar",
            near: true, [Role.Worker], ["straatcultuur", "drill", "conflicten"]),
        Person(
            4, "Daan Hofstra", "online jongerenwerker", "Online", 24, "ziet veel trends, kent jongeren vooral online",
            near: false, [Role.Worker], ["TikTok", "Snapchat", "mentale gezondheid"]),
        Person(
            5, "Ineke van der Wal", "aandachtsfunctionaris meldcode", "Staf", 24, "leest vanuit veiligheid; vraagt codes altijd na",
            near: false, [Role.Worker, Role.Approver], ["meldcode", "huiselijk geweld", "gesprekken met ouders"]),
        Person(
            6, "Yusuf Demir", "jongerenwerker", "Zuid", 36, "kent geloofstaal van binnenuit",
            near: true, [Role.Worker, Role.Approver], ["identiteit en zingeving", "vaders", "voetbal"]),
        Person(
            7, "Marit de Groot", "teamleider (tweede paar ogen)", "Staf", 36, "staat verder van de leefwereld; let op procedure",
            near: false, [Role.Worker, Role.Approver, Role.Coordinator], ["beleid", "privacy", "vier-ogen"]),
        Person(
            8, "Noor Willems", "stagiair hbo social work", "Noord", 24, "zelf 21; spreekt de taal, mist nog beroepskader",
            near: true, [Role.Worker], ["BeReal", "Snapchat"]),
        Person(
            9, "Kofi Mensah", "ervaringsdeskundige jongerenpanel", "Panel", 4, "19 jaar; legt codes uit zonder namen te zien",
            near: true, [Role.Worker], ["straattaal", "muziek", "school"]) with { CoreOnly = true },
        Person(10, "Hanna Visser", "auditor", "Staf", 16, "", near: false, [Role.Auditor], []),
        Person(11, "Peter Okafor", "functionaris gegevensbescherming", "Staf", 24, "", near: false, [Role.PrivacyOfficer], []),
        Person(12, "Lotte Bakker", "gespreksleider", "Staf", 32, "", near: false, [Role.Facilitator], []),
    ];

    /// <summary>Adds who is missing; nobody who is there is changed.</summary>
    public static async Task SeedAsync(IDatabase database, CancellationToken ct)
    {
        await using var db = await database.BeginAsync(ct);
        foreach (var team in Teams)
        {
            await PeopleStore.EnsureTeamAsync(db, team, ct);
        }

        var there = (await PeopleStore.AllAsync(db, ct)).Select(p => p.Subject).ToHashSet(StringComparer.Ordinal);
        foreach (var person in All.Where(p => !there.Contains(p.Subject)))
        {
            await PeopleStore.InsertAsync(db, person, ct);
        }

        await db.CommitAsync(ct);
    }

    /// <param name="number">1 for w1.</param>
    public static PersonId Id(int number) => new(new Guid($"00000000-0000-7000-8000-0000000001{number:d2}"));

    private static Person Person(
        int number, string name, string jobTitle, string team, int hours, string codeFamiliarity, bool near, HashSet<Role> roles, List<string> expertise) =>
        new(
            Id(number), $"w{number}", name, jobTitle, team, hours, codeFamiliarity, KnowsLifeworld: near, CoreOnly: false, Active: true, roles, expertise);
}
