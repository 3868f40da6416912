using SignalReview.Cases;

namespace SignalReview.Consultations;

/// <summary>What a reading must hold.</summary>
internal static class InterpretationRules
{
    public static IReadOnlyList<FieldProblem> Problems(Interpretation reading)
    {
        var check = new FieldCheck();
        if (reading.Kind != InterpretationKind.Reading)
        {
            check.Required("interpretation.reason", reading.Reason);
            return check.Problems;
        }

        check.Required("interpretation.encodingHypothesis", reading.EncodingHypothesis);
        check.Required("interpretation.decoding", reading.Decoding);
        check.Required("interpretation.positionality", reading.Positionality);
        check.Required("interpretation.readingPosition", reading.ReadingPosition);
        check.Range("interpretation.concern", reading.Concern, 0, 10, required: true);
        check.Range("interpretation.confidence", reading.Confidence, 0, 100, required: true);
        check.Lengths("interpretation.wouldChangeMyMind", reading.WouldChangeMyMind);
        check.Lengths("interpretation.association", reading.Association);
        check.Entries("interpretation.evidenceFor", reading.EvidenceFor);
        check.Entries("interpretation.evidenceAgainst", reading.EvidenceAgainst);
        check.Entries("interpretation.missing", reading.Missing);
        return check.Problems;
    }
}
