using SignalReview.Signals;

namespace SignalReview.Rooms.Wall;

/// <summary>What people wrote, for a wall that a passer-by may read. Pure.</summary>
internal static class WallWords
{
    public const string Struck = "[…]";

    /// <summary>The question without the pseudonym, and without what the scanner takes for personal data: rather a word too few than a name.</summary>
    public static string? WithoutSubjects(SignalSubmission signal)
    {
        if (string.IsNullOrWhiteSpace(signal.ConsultationQuestion))
        {
            return null;
        }

        var question = string.IsNullOrWhiteSpace(signal.Pseudonym)
            ? signal.ConsultationQuestion
            : signal.ConsultationQuestion.Replace(signal.Pseudonym.Trim(), Struck, StringComparison.OrdinalIgnoreCase);
        var found = PersonalDataScanner.ScanText("consultationQuestion", question, pseudonym: null, signal.ObservedAt?.Year);
        return found.Reverse().Aggregate(
            question, (text, finding) => string.Concat(text.AsSpan(0, finding.Start), Struck, text.AsSpan(finding.Start + finding.Length)));
    }

    /// <summary>Samira el Idrissi → Samira.</summary>
    public static string FirstName(string name) => name.Split(' ', 2)[0];
}
