using SignalReview.Cases;

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

    public static IReadOnlyList<string> For(CaseId caseId)
    {
        Span<byte> bytes = stackalloc byte[16];
        caseId.Value.TryWriteBytes(bytes);
        var first = bytes[14] + bytes[15];
        return [.. Enumerable.Range(0, Offered).Select(i => All[(first + (i * 7)) % All.Length])];
    }
}
