using SignalReview.Cases;

namespace SignalReview.Signals;

/// <summary>What a signal must hold before colleagues can be asked.</summary>
internal static class SubmissionRules
{
    private const int MostTitle = 200;
    private const int MostPseudonym = 60;
    private const int MostTags = 12;
    private const int MostClear = 60;

    public static IReadOnlyList<FieldProblem> Problems(SignalSubmission signal, DateTimeOffset now)
    {
        var check = new FieldCheck();
        Short(check, "signal.title", signal.Title, MostTitle);
        check.Required("signal.subjectKind", signal.SubjectKind);
        Short(check, "signal.pseudonym", signal.Pseudonym, MostPseudonym);
        check.Required("signal.urgency", signal.Urgency);
        check.Required("signal.observedAt", signal.ObservedAt);
        if (signal.ObservedAt > now)
        {
            check.Add("signal.observedAt", "inFuture");
        }

        check.Required("signal.consultationQuestion", signal.ConsultationQuestion);
        check.Lengths("signal.purpose", signal.Purpose);
        check.Lengths("signal.lawfulBasis", signal.LawfulBasis);
        if (signal.AgeBand?.Length > MostClear)
        {
            check.Add("signal.ageBand", "tooLong");
        }

        if (signal.Tags.Count > MostTags || signal.Tags.Any(t => string.IsNullOrWhiteSpace(t) || t.Length > MostClear))
        {
            check.Add("signal.tags", "tooMany");
        }

        Online(check, signal.Online);
        Offline(check, signal.Offline);
        Reading(check, signal.Reading);
        return check.Problems;
    }

    /// <summary>How many characters fit, to be told to who wrote more.</summary>
    public static int MostOf(string path) => path switch
    {
        "signal.title" => MostTitle,
        "signal.pseudonym" => MostPseudonym,
        "signal.ageBand" or "signal.online.platform" => MostClear,
        _ => FieldCheck.MostText,
    };

    private static void Online(FieldCheck check, OnlineContext online)
    {
        Short(check, "signal.online.platform", online.Platform, MostClear);
        check.Required("signal.online.visibility", online.Visibility);
        check.Required("signal.online.accessRoute", online.AccessRoute);
        check.Required("signal.online.factualDescription", online.FactualDescription);
        check.Lengths("signal.online.surface", online.Surface);
        check.Lengths("signal.online.accountUsed", online.AccountUsed);
        check.Lengths("signal.online.literalText", online.LiteralText);
        check.Lengths("signal.online.reactions", online.Reactions);
        check.Lengths("signal.online.onlinePattern", online.OnlinePattern);
        check.Lengths("signal.online.evidenceKept", online.EvidenceKept);
        check.Lengths("signal.online.evidenceReason", online.EvidenceReason);
        check.Entries("signal.online.signs", online.Signs);
    }

    private static void Offline(FieldCheck check, OfflineContext offline)
    {
        // A signal is never judged on its online half alone: say what is known offline, or what is not.
        if (offline.IsEmpty && offline.Unknowns.Count == 0)
        {
            check.Add("signal.offline.unknowns", "offlineOrUnknowns");
        }

        check.Lengths("signal.offline.relationship", offline.Relationship);
        check.Lengths("signal.offline.recentEvents", offline.RecentEvents);
        check.Lengths("signal.offline.observedOffline", offline.ObservedOffline);
        check.Entries("signal.offline.protectiveFactors", offline.ProtectiveFactors);
        check.Entries("signal.offline.contradictingSignals", offline.ContradictingSignals);
        check.Entries("signal.offline.unknowns", offline.Unknowns);
        var domains = offline.LifeDomains;
        check.Lengths("signal.offline.lifeDomains.home", domains.Home);
        check.Lengths("signal.offline.lifeDomains.school", domains.School);
        check.Lengths("signal.offline.lifeDomains.friends", domains.Friends);
        check.Lengths("signal.offline.lifeDomains.leisure", domains.Leisure);
        check.Lengths("signal.offline.lifeDomains.wellbeing", domains.Wellbeing);
        check.Lengths("signal.offline.lifeDomains.safety", domains.Safety);
        check.Lengths("signal.offline.lifeDomains.money", domains.Money);
    }

    private static void Reading(FieldCheck check, SubmitterReading reading)
    {
        check.Required("signal.reading.encodingHypothesis", reading.EncodingHypothesis);
        check.Required("signal.reading.ownDecoding", reading.OwnDecoding);
        check.Required("signal.reading.alternativeReading", reading.AlternativeReading);
        check.Lengths("signal.reading.intendedAudience", reading.IntendedAudience);
        check.Lengths("signal.reading.ownFrame", reading.OwnFrame);
        check.Range("signal.reading.confidence", reading.Confidence, 0, 100, required: false);
    }

    private static void Short(FieldCheck check, string path, string? value, int most)
    {
        check.Required(path, value);
        if (value?.Length > most)
        {
            check.Add(path, "tooLong");
        }
    }
}
