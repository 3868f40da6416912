using System.Text.RegularExpressions;

namespace SignalReview.Signals;

/// <summary>
/// The patterns of what has a fixed shape; the group <c>found</c> is what is shown. They do not backtrack, so no text makes them slow, and
/// hence know no look-around: what must stand before or behind is checked in code.
/// </summary>
internal static partial class PersonalDataPatterns
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"(?<found>[\w.+-]+@[\w-]+(\.[\w-]+)+)", Options)]
    public static partial Regex Email();

    [GeneratedRegex(
        @"(?<found>(https?://)?(www\.|m\.)?((instagram|facebook|twitch|pinterest|onlyfans|tellonym|bereal)\.(com|tv|me|nl)/[\w.%-]+"
        + @"|(tiktok|threads)\.(com|net)/@[\w.%-]+|(snapchat|t)\.(com/add|com/t|me)/[\w.%+-]+|(twitter|x)\.com/\w+"
        + @"|youtube\.com/(@|c/|channel/|user/)[\w.%-]+|reddit\.com/(u|user)/[\w-]+|linkedin\.com/in/[\w%-]+"
        + @"|steamcommunity\.com/(id|profiles)/[\w-]+|roblox\.com/users/\d+|(wa\.me|discord\.gg|ngl\.link|linktr\.ee)/[\w.%+-]+))",
        Options | RegexOptions.IgnoreCase)]
    public static partial Regex AccountLink();

    [GeneratedRegex(@"(?<found>@[A-Za-z0-9_]([A-Za-z0-9_.]{0,28}[A-Za-z0-9_]))", Options)]
    public static partial Regex Handle();

    [GeneratedRegex(@"(?<found>\d{9}|\d{3}[ .]\d{3}[ .]\d{3}|\d{4}[ .]\d{2}[ .]\d{3})", Options)]
    public static partial Regex NineDigits();

    [GeneratedRegex(@"(?<found>(\+|00)\d{1,3}[ -]?(\(0\))?\d([ -]?\d){6,11}|0[1-9]([ -]?\d){8})", Options)]
    public static partial Regex Phone();

    [GeneratedRegex(@"\b(geboren|geb\.?|geboortedatum|jarig|born|birthday)(:| is)?( (op|on))? (?<found>\d{1,2}([-/. ]\d{1,2}|(e|th|st|nd|rd)? [a-z]{3,9}\.?)([-/. ](19|20)?\d\d)?)\b", Options | RegexOptions.IgnoreCase)]
    public static partial Regex Born();

    [GeneratedRegex(@"\b(?<found>\d{1,2}([-/.]\d{1,2}[-/.]| (januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december) )(?<year>(19|20)\d\d))\b", Options | RegexOptions.IgnoreCase)]
    public static partial Regex FullDate();

    [GeneratedRegex(@"\b(?<found>[1-9]\d{3} ?[A-Z]{2})\b", Options)]
    public static partial Regex Postcode();

    [GeneratedRegex(
        @"\b(?<found>\p{Lu}[\p{L}'’-]*( (\p{Lu}|van |de |den |der |het |'t )[\p{L}'’-]*){0,4}?(straat|laan|weg|plein|gracht|kade|singel|dijk|hof|pad|dreef|plantsoen|steeg|markt|wal) \d{1,4} ?[a-zA-Z]?)\b",
        Options)]
    public static partial Regex Street();

    [GeneratedRegex(@"\b((het|de|Het|De|op|Op) )?(?<found>(?<name>(\p{Lu}[\p{L}'’.-]*( (van|de|den|der|voor))* ){1,4})(College|Lyceum|Gymnasium|Atheneum|Mavo|Havo|Vmbo|Scholengemeenschap|Praktijkschool|Basisschool|Daltonschool|Montessorischool))\b", Options)]
    public static partial Regex SchoolAfter();

    [GeneratedRegex(@"\b(?<found>([Bb]asisschool|[Mm]iddelbare [Ss]chool|[Pp]raktijkschool|[Mm]ontessorischool|[Dd]altonschool|[Ss]cholengemeenschap|[Kk]inderdagverblijf|OBS|CBS|PCBS|RKBS|ROC|ISK|VSO|VMBO|MBO)(?<name> ((van|de|De|het|Het|'t) )?\p{Lu}[\p{L}'’-]*( \p{Lu}[\p{L}'’-]*){0,3}))", Options)]
    public static partial Regex SchoolBefore();

    /// <summary>Not in the middle of a word or of an e-mail address.</summary>
    public static Func<Match, bool> StandsFree(string text) => m => m.Index == 0 || !(char.IsLetterOrDigit(text[m.Index - 1]) || text[m.Index - 1] is '/' or '.');

    /// <summary>Not a part of a longer number, an amount or a clock.</summary>
    public static bool IsFreeNumber(string text, Match match)
    {
        var end = match.Index + match.Length;
        return (match.Index == 0 || !(char.IsLetterOrDigit(text[match.Index - 1]) || text[match.Index - 1] is '+' or ',' or '€' or '#'))
            && (end == text.Length || !char.IsLetterOrDigit(text[end]));
    }

    /// <summary>Help lines and service numbers are nobody's own.</summary>
    public static bool IsPhone(string number) =>
        !number.StartsWith("0800", StringComparison.Ordinal) && !number.StartsWith("0900", StringComparison.Ordinal)
        && number.Count(char.IsAsciiDigit) is >= 9 and <= 15;

    /// <summary>SA, SD and SS are given to no street, and behind a year these letters mean something else ("in 2026 NL").</summary>
    public static bool IsPostcode(string text) =>
        text[^2..] is not ("SA" or "SD" or "SS" or "AI" or "TV" or "NL" or "EU" or "VS" or "UK" or "US" or "OK" or "HD" or "PC" or "IT" or "DM");

    /// <summary>"Het College" or "de Mavo" names no school; "het Merelaar College" does.</summary>
    public static bool NamesASchool(string name) =>
        name.Trim() is { Length: > 1 } word && word is not ("Het" or "De" or "Een" or "Dit" or "Dat" or "Mijn" or "Ons" or "Op");

    /// <summary>The check that Dutch citizen service numbers obey: weights 9 to 2 and −1, a multiple of eleven.</summary>
    public static bool PassesElevenTest(string text)
    {
        var sum = 0;
        var weight = 9;
        foreach (var digit in text.Where(char.IsAsciiDigit))
        {
            sum += (digit - '0') * (weight == 1 ? -1 : weight);
            weight--;
        }

        return sum != 0 && sum % 11 == 0;
    }
}
