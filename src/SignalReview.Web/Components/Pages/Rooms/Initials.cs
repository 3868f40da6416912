namespace SignalReview.Web.Components.Pages.Rooms;

internal static class Initials
{
    /// <summary>Samira el Idrissi → SI.</summary>
    public static string Of(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [] => "?",
            [var only] => First(only),
            [var first, .., var last] => First(first) + First(last),
        };
    }

    private static string First(string word) => word.EnumerateRunes().First().ToString().ToUpperInvariant();
}
