namespace SignalReview.Signals;

/// <summary>The free texts of a signal, each with its path.</summary>
internal static class SubmissionTexts
{
    /// <summary>Every text that is there; entries of a list one by one.</summary>
    public static IReadOnlyList<(string Path, string Text)> All(SignalSubmission signal)
    {
        var texts = new List<(string, string)>();
        Map(signal, (path, text) =>
        {
            texts.Add((path, text));
            return text;
        });
        return texts;
    }

    /// <summary>The signal with every text replaced by what <paramref name="change"/> makes of it.</summary>
    public static SignalSubmission Map(SignalSubmission signal, Func<string, string, string> change)
    {
        return signal with
        {
            Title = One("title", signal.Title),
            Pseudonym = One("pseudonym", signal.Pseudonym),
            Size = One("size", signal.Size),
            Purpose = One("purpose", signal.Purpose),
            LawfulBasis = One("lawfulBasis", signal.LawfulBasis),
            ConsultationQuestion = One("consultationQuestion", signal.ConsultationQuestion),
            Tags = Many("tags", signal.Tags),
            Online = Online(signal.Online),
            Offline = Offline(signal.Offline),
            Reading = Reading(signal.Reading),
        };

        OnlineContext Online(OnlineContext online) => online with
        {
            Platform = One("online.platform", online.Platform),
            Surface = One("online.surface", online.Surface),
            AccountUsed = One("online.accountUsed", online.AccountUsed),
            FactualDescription = One("online.factualDescription", online.FactualDescription),
            LiteralText = One("online.literalText", online.LiteralText),
            Signs = Many("online.signs", online.Signs),
            Reactions = One("online.reactions", online.Reactions),
            OnlinePattern = One("online.onlinePattern", online.OnlinePattern),
            EvidenceKept = One("online.evidenceKept", online.EvidenceKept),
            EvidenceReason = One("online.evidenceReason", online.EvidenceReason),
        };

        OfflineContext Offline(OfflineContext offline) => offline with
        {
            Relationship = One("offline.relationship", offline.Relationship),
            LifeDomains = Domains(offline.LifeDomains),
            RecentEvents = One("offline.recentEvents", offline.RecentEvents),
            ObservedOffline = One("offline.observedOffline", offline.ObservedOffline),
            ProtectiveFactors = Many("offline.protectiveFactors", offline.ProtectiveFactors),
            ContradictingSignals = Many("offline.contradictingSignals", offline.ContradictingSignals),
            Unknowns = Many("offline.unknowns", offline.Unknowns),
        };

        LifeDomains Domains(LifeDomains domains) => domains with
        {
            Home = One("offline.lifeDomains.home", domains.Home),
            School = One("offline.lifeDomains.school", domains.School),
            Friends = One("offline.lifeDomains.friends", domains.Friends),
            Leisure = One("offline.lifeDomains.leisure", domains.Leisure),
            Wellbeing = One("offline.lifeDomains.wellbeing", domains.Wellbeing),
            Safety = One("offline.lifeDomains.safety", domains.Safety),
            Money = One("offline.lifeDomains.money", domains.Money),
        };

        SubmitterReading Reading(SubmitterReading reading) => reading with
        {
            EncodingHypothesis = One("reading.encodingHypothesis", reading.EncodingHypothesis),
            IntendedAudience = One("reading.intendedAudience", reading.IntendedAudience),
            OwnDecoding = One("reading.ownDecoding", reading.OwnDecoding),
            OwnFrame = One("reading.ownFrame", reading.OwnFrame),
            AlternativeReading = One("reading.alternativeReading", reading.AlternativeReading),
        };

        string? One(string path, string? text) => text is null ? null : change(path, text);

        IReadOnlyList<string> Many(string path, IReadOnlyList<string> entries) => [.. entries.Select((entry, i) => change($"{path}[{i}]", entry))];
    }
}
