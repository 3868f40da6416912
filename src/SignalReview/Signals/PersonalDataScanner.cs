using System.Globalization;
using System.Text.RegularExpressions;

namespace SignalReview.Signals;

/// <summary>
/// Finds what looks like personal data in what somebody wrote, so that they can put a pseudonym in its place before anything is sent.
/// Pure, linear in the length of the text, and it never throws: whoever writes in a hurry must not be stopped by a warning.
/// </summary>
internal static class PersonalDataScanner
{
    // How young and how old a subject may be; a full date that would make somebody so old is read as a birth date.
    private const int Youngest = 4;
    private const int Oldest = 27;

    private const string Pseudonym = "pseudonym";

    private static readonly string[] Quoted = ["online.literalText", "online.reactions", "online.signs"];

    /// <returns>In the order of the fields; findings in one field do not overlap.</returns>
    public static IReadOnlyList<PersonalDataFinding> Scan(SignalSubmission signal)
    {
        var pseudonym = signal.Pseudonym?.Trim();
        return [.. SubmissionTexts.All(signal).SelectMany(field => ScanText(
            field.Path, field.Text, field.Path == Pseudonym ? null : pseudonym, signal.ObservedAt?.Year))];
    }

    /// <summary>The signal with these words replaced wherever the scanner finds them.</summary>
    public static SignalSubmission Replace(SignalSubmission signal, string words, string replacement)
    {
        var found = Scan(signal).Where(f => string.Equals(f.Text, words, StringComparison.OrdinalIgnoreCase)).ToLookup(f => f.Path, StringComparer.Ordinal);
        return SubmissionTexts.Map(signal, (path, text) => found[path].Reverse().Aggregate(
            text, (rest, finding) => string.Concat(rest.AsSpan(0, finding.Start), replacement, rest.AsSpan(finding.Start + finding.Length))));
    }

    /// <param name="path">Of the field.</param>
    /// <param name="text">What stands in it.</param>
    /// <param name="pseudonym">Words that are no name here.</param>
    /// <param name="year">When it was seen; without it a bare date is never read as a birth date.</param>
    public static IReadOnlyList<PersonalDataFinding> ScanText(string path, string text, string? pseudonym, int? year)
    {
        var found = new List<PersonalDataFinding>();

        // The surest kinds first: what one of them has taken is not looked at again by the next.
        AddAll(PersonalDataKind.Email, PersonalDataPatterns.Email(), _ => true);
        AddAll(PersonalDataKind.AccountLink, PersonalDataPatterns.AccountLink(), _ => true);
        AddAll(PersonalDataKind.Handle, PersonalDataPatterns.Handle(), PersonalDataPatterns.StandsFree(text));
        AddAll(PersonalDataKind.CitizenNumber, PersonalDataPatterns.NineDigits(), m => PersonalDataPatterns.IsFreeNumber(text, m) && PersonalDataPatterns.PassesElevenTest(m.Value));
        AddAll(PersonalDataKind.PhoneNumber, PersonalDataPatterns.Phone(), m => PersonalDataPatterns.IsFreeNumber(text, m) && PersonalDataPatterns.IsPhone(m.Value));
        AddAll(PersonalDataKind.BirthDate, PersonalDataPatterns.Born(), _ => true);
        AddAll(PersonalDataKind.BirthDate, PersonalDataPatterns.FullDate(), m => IsBirthYear(m.Groups["year"].Value, year));
        AddAll(PersonalDataKind.Address, PersonalDataPatterns.Postcode(), m => PersonalDataPatterns.IsPostcode(m.Value));
        AddAll(PersonalDataKind.Address, PersonalDataPatterns.Street(), _ => true);
        AddAll(PersonalDataKind.School, PersonalDataPatterns.SchoolAfter(), m => PersonalDataPatterns.NamesASchool(m.Groups["name"].Value));
        AddAll(PersonalDataKind.School, PersonalDataPatterns.SchoolBefore(), m => PersonalDataPatterns.NamesASchool(m.Groups["name"].Value));
        foreach (var (start, length) in NameFinder.Find(text, lowerCase: Quoted.Any(q => path.StartsWith(q, StringComparison.Ordinal))))
        {
            Add(PersonalDataKind.Name, start, length);
        }

        return [.. found.OrderBy(f => f.Start)];

        void AddAll(PersonalDataKind kind, Regex pattern, Func<Match, bool> holds)
        {
            foreach (var match in pattern.Matches(text).Where(holds))
            {
                Add(kind, match.Groups["found"].Index, match.Groups["found"].Length);
            }
        }

        void Add(PersonalDataKind kind, int start, int length)
        {
            var words = text.Substring(start, length);
            var isPseudonym = kind == PersonalDataKind.Name
                && (path == Pseudonym ? NameLists.FirstOrWord.Contains(words) : pseudonym?.Contains(words, StringComparison.OrdinalIgnoreCase) == true);
            if (!isPseudonym && !found.Exists(f => start < f.Start + f.Length && f.Start < start + length))
            {
                found.Add(new(path, kind, words, start, length));
            }
        }
    }

    private static bool IsBirthYear(string digits, int? seen) =>
        seen is { } now && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && now - year is >= Youngest and <= Oldest;
}
