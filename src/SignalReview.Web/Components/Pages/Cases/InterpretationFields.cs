using SignalReview.Consultations;

namespace SignalReview.Web.Components.Pages.Cases;

/// <summary>A reading as a form: its fields are named as the command's paths.</summary>
internal static class InterpretationFields
{
    public const string Kind = "interpretation.kind";
    public const string Positionality = "interpretation.positionality";
    public const string EncodingHypothesis = "interpretation.encodingHypothesis";
    public const string Decoding = "interpretation.decoding";
    public const string ReadingPosition = "interpretation.readingPosition";
    public const string Noise = "interpretation.noise";
    public const string EvidenceFor = "interpretation.evidenceFor";
    public const string EvidenceAgainst = "interpretation.evidenceAgainst";
    public const string Missing = "interpretation.missing";
    public const string WouldChangeMyMind = "interpretation.wouldChangeMyMind";
    public const string Association = "interpretation.association";
    public const string Concern = "interpretation.concern";
    public const string Confidence = "interpretation.confidence";
    public const string Reason = "interpretation.reason";

    public static Interpretation Read(FormPost post) => new()
    {
        Kind = post.Choice<InterpretationKind>(Kind) ?? InterpretationKind.Reading,
        Positionality = post.Text(Positionality),
        EncodingHypothesis = post.Text(EncodingHypothesis),
        Decoding = post.Text(Decoding),
        ReadingPosition = post.Choice<ReadingPosition>(ReadingPosition),
        Noise = post.Ticks<Noise>(Noise),
        EvidenceFor = post.Entries(EvidenceFor),
        EvidenceAgainst = post.Entries(EvidenceAgainst),
        Missing = post.Entries(Missing),
        WouldChangeMyMind = post.Text(WouldChangeMyMind),
        Association = post.Text(Association),
        Concern = post.Number(Concern),
        Confidence = post.Number(Confidence),
        Reason = post.Text(Reason),
    };
}
