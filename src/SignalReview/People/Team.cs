namespace SignalReview.People;

/// <summary>A team and when it works; deadlines in working hours are counted by it.</summary>
/// <param name="Name">The team's name, which is also its id.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="DayStart">Local time, HH:mm.</param>
/// <param name="DayEnd">Local time, HH:mm.</param>
/// <param name="Workdays">ISO weekday numbers: "12345" is Monday to Friday.</param>
internal sealed record Team(string Name, string TimeZone, string DayStart, string DayEnd, string Workdays)
{
    /// <summary>Where somebody is put who signs in for the first time and of whom only the identity provider has told.</summary>
    public static Team Unassigned { get; } = new("Unassigned", "Europe/Amsterdam", "09:00", "17:00", "12345");
}
