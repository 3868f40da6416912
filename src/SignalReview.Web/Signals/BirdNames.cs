using SignalReview.Cases;
using SignalReview.Signals;

namespace SignalReview.Web.Signals;

/// <summary>Pseudonyms to choose from: birds that are no first name. Each case starts at another one.</summary>
internal static class BirdNames
{
    private const int Offered = 6;

    private static readonly string[] All =
    [
        "IJsvogel", "Zwaluw", "Havik", "Kievit", "Spreeuw", "Roek", "Putter", "Torenvalk", "Nachtegaal", "Grutto", "Tureluur", "Wulp", "Fuut", "Aalscholver",
        "Lepelaar", "Kramsvogel", "Koperwiek", "Vink", "Sijs", "Goudhaan", "Boomklever", "Winterkoning", "Heggenmus", "Tapuit", "Paapje", "Kwikstaart",
        "Leeuwerik", "Gierzwaluw", "Buizerd", "Sperwer", "Kiekendief", "Steenuil", "Kerkuil", "Specht", "Wielewaal", "Gaai", "Ekster", "Kauw", "Scholekster", "Plevier",
    ];

    /// <summary>The pseudonym chosen in the case; before one was chosen, and where a name was chosen, the one that will be offered first.</summary>
    public static string PseudonymOf(CaseId caseId, SignalSubmission signal) =>
        string.IsNullOrWhiteSpace(signal.Pseudonym) || PersonalDataScanner.Scan(signal).Any(f => f.Path == SignalFields.Pseudonym.Path)
            ? For(caseId)[0]
            : signal.Pseudonym.Trim();

    public static IReadOnlyList<string> For(CaseId caseId)
    {
        Span<byte> bytes = stackalloc byte[16];
        caseId.Value.TryWriteBytes(bytes);
        var first = bytes[14] + bytes[15];
        return [.. Enumerable.Range(0, Offered).Select(i => All[(first + (i * 7)) % All.Length])];
    }
}
