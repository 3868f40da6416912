using SignalReview.Signals;
using SignalReview.Workflow;

namespace SignalReview.Web.Signals;

/// <summary>Every field of a new signal, in the order in which the steps ask it.</summary>
internal static class SignalFields
{
    public static readonly SignalField Urgency = SignalField.Choice(
        SignalStep.Danger, "urgency", s => s.Urgency, (s, v) => s with { Urgency = v });

    public static readonly SignalField ObservedAt = SignalField.Moment(
        SignalStep.Online, "observedAt", s => s.ObservedAt, (s, v) => s with { ObservedAt = v });

    public static readonly SignalField Platform = Online("platform", o => o.Platform, (o, v) => o with { Platform = v });

    public static readonly SignalField FactualDescription = Online(
        "factualDescription", o => o.FactualDescription, (o, v) => o with { FactualDescription = v });

    public static readonly SignalField LiteralText = Online("literalText", o => o.LiteralText, (o, v) => o with { LiteralText = v });

    public static readonly SignalField Visibility = SignalField.Choice(
        SignalStep.Online, "online.visibility", s => s.Online.Visibility, (s, v) => s with { Online = s.Online with { Visibility = v } });

    public static readonly SignalField AccessRoute = SignalField.Choice(
        SignalStep.Online, "online.accessRoute", s => s.Online.AccessRoute, (s, v) => s with { Online = s.Online with { AccessRoute = v } });

    public static readonly SignalField SecondHand = SignalField.Tick(
        SignalStep.Online, "secondHand", s => s.SecondHand, (s, v) => s with { SecondHand = v });

    public static readonly SignalField IntimateImage = SignalField.Tick(
        SignalStep.Online, "intimateImageOfMinor", s => s.IntimateImageOfMinor, (s, v) => s with { IntimateImageOfMinor = v });

    public static readonly SignalField Signs = SignalField.List(
        SignalStep.Online, "online.signs", s => s.Online.Signs, (s, v) => s with { Online = s.Online with { Signs = v } });

    public static readonly SignalField Reactions = Online("reactions", o => o.Reactions, (o, v) => o with { Reactions = v });

    public static readonly SignalField OnlinePattern = Online("onlinePattern", o => o.OnlinePattern, (o, v) => o with { OnlinePattern = v });

    public static readonly SignalField Surface = Online("surface", o => o.Surface, (o, v) => o with { Surface = v });

    public static readonly SignalField AccountUsed = Online("accountUsed", o => o.AccountUsed, (o, v) => o with { AccountUsed = v });

    public static readonly SignalField EvidenceKept = Online("evidenceKept", o => o.EvidenceKept, (o, v) => o with { EvidenceKept = v });

    public static readonly SignalField EvidenceReason = Online("evidenceReason", o => o.EvidenceReason, (o, v) => o with { EvidenceReason = v });

    public static readonly SignalField Relationship = Offline("relationship", o => o.Relationship, (o, v) => o with { Relationship = v });

    public static readonly SignalField ObservedOffline = Offline("observedOffline", o => o.ObservedOffline, (o, v) => o with { ObservedOffline = v });

    public static readonly SignalField RecentEvents = Offline("recentEvents", o => o.RecentEvents, (o, v) => o with { RecentEvents = v });

    public static readonly SignalField Home = Domain("home", d => d.Home, (d, v) => d with { Home = v });

    public static readonly SignalField School = Domain("school", d => d.School, (d, v) => d with { School = v });

    public static readonly SignalField Friends = Domain("friends", d => d.Friends, (d, v) => d with { Friends = v });

    public static readonly SignalField Leisure = Domain("leisure", d => d.Leisure, (d, v) => d with { Leisure = v });

    public static readonly SignalField Wellbeing = Domain("wellbeing", d => d.Wellbeing, (d, v) => d with { Wellbeing = v });

    public static readonly SignalField Safety = Domain("safety", d => d.Safety, (d, v) => d with { Safety = v });

    public static readonly SignalField Money = Domain("money", d => d.Money, (d, v) => d with { Money = v });

    public static readonly SignalField ProtectiveFactors = SignalField.List(
        SignalStep.Offline, "offline.protectiveFactors", s => s.Offline.ProtectiveFactors, (s, v) => s with { Offline = s.Offline with { ProtectiveFactors = v } });

    public static readonly SignalField ContradictingSignals = SignalField.List(
        SignalStep.Offline,
        "offline.contradictingSignals",
        s => s.Offline.ContradictingSignals,
        (s, v) => s with { Offline = s.Offline with { ContradictingSignals = v } });

    public static readonly SignalField Unknowns = SignalField.List(
        SignalStep.Offline, "offline.unknowns", s => s.Offline.Unknowns, (s, v) => s with { Offline = s.Offline with { Unknowns = v } });

    public static readonly SignalField EncodingHypothesis = Reading("encodingHypothesis", r => r.EncodingHypothesis, (r, v) => r with { EncodingHypothesis = v });

    public static readonly SignalField IntendedAudience = Reading("intendedAudience", r => r.IntendedAudience, (r, v) => r with { IntendedAudience = v });

    public static readonly SignalField OwnDecoding = Reading("ownDecoding", r => r.OwnDecoding, (r, v) => r with { OwnDecoding = v });

    public static readonly SignalField OwnFrame = Reading("ownFrame", r => r.OwnFrame, (r, v) => r with { OwnFrame = v });

    public static readonly SignalField AlternativeReading = Reading("alternativeReading", r => r.AlternativeReading, (r, v) => r with { AlternativeReading = v });

    public static readonly SignalField Confidence = SignalField.Number(
        SignalStep.Reading, "reading.confidence", s => s.Reading.Confidence, (s, v) => s with { Reading = s.Reading with { Confidence = v } });

    public static readonly SignalField ConsultationQuestion = SignalField.Text(
        SignalStep.Question, "consultationQuestion", s => s.ConsultationQuestion, (s, v) => s with { ConsultationQuestion = v });

    public static readonly SignalField Title = SignalField.Text(SignalStep.Question, "title", s => s.Title, (s, v) => s with { Title = v });

    public static readonly SignalField SubjectKind = SignalField.Choice(
        SignalStep.Question, "subjectKind", s => s.SubjectKind, (s, v) => s with { SubjectKind = v });

    public static readonly SignalField Pseudonym = SignalField.Text(SignalStep.Question, "pseudonym", s => s.Pseudonym, (s, v) => s with { Pseudonym = v });

    public static readonly SignalField AgeBand = SignalField.Text(SignalStep.Question, "ageBand", s => s.AgeBand, (s, v) => s with { AgeBand = v });

    public static readonly SignalField Size = SignalField.Text(SignalStep.Question, "size", s => s.Size, (s, v) => s with { Size = v });

    public static readonly SignalField Workflow = new(
        SignalStep.Question,
        "workflow",
        draft => draft.Workflow ?? "",
        (draft, text) => text is "" or DefinitionLibrary.CollegialConsultation or DefinitionLibrary.QuickReading
            ? draft with { Workflow = text.Length == 0 ? null : text }
            : null,
        (draft, texts, _) => texts[draft.WorkflowToStart switch
        {
            DefinitionLibrary.Urgent => "NewSignal.WayUrgent",
            DefinitionLibrary.QuickReading => "NewSignal.WayQuick",
            _ => "NewSignal.WayFull",
        }]);

    public static readonly SignalField Tags = new(
        SignalStep.Question,
        "tags",
        draft => string.Join(", ", draft.Signal.Tags),
        (draft, text) => draft with { Signal = draft.Signal with { Tags = SplitTags(text) } });

    public static readonly SignalField Purpose = SignalField.Text(SignalStep.Question, "purpose", s => s.Purpose, (s, v) => s with { Purpose = v });

    public static readonly SignalField LawfulBasis = SignalField.Text(
        SignalStep.Question, "lawfulBasis", s => s.LawfulBasis, (s, v) => s with { LawfulBasis = v });

    public static IReadOnlyList<SignalField> LifeDomains { get; } = [Home, School, Friends, Leisure, Wellbeing, Safety, Money];

    public static IReadOnlyList<SignalField> All { get; } =
    [
        Urgency,
        ObservedAt, Platform, FactualDescription, LiteralText, Visibility, AccessRoute, SecondHand, IntimateImage,
        Signs, Reactions, OnlinePattern, Surface, AccountUsed, EvidenceKept, EvidenceReason,
        Relationship, ObservedOffline, RecentEvents, .. LifeDomains, ProtectiveFactors, ContradictingSignals, Unknowns,
        EncodingHypothesis, IntendedAudience, OwnDecoding, OwnFrame, AlternativeReading, Confidence,
        ConsultationQuestion, Title, SubjectKind, Pseudonym, AgeBand, Size, Workflow, Tags, Purpose, LawfulBasis,
    ];

    public static IEnumerable<SignalField> Of(SignalStep step) => All.Where(field => field.Step == step);

    /// <param name="path">As a problem or a finding names it: <c>signal.online.platform</c>, <c>online.signs[2]</c>.</param>
    public static SignalField? Find(string path)
    {
        var bare = path.StartsWith("signal.", StringComparison.Ordinal) ? path["signal.".Length..] : path;
        var entry = bare.IndexOf('[', StringComparison.Ordinal);
        return All.FirstOrDefault(field => field.Path == (entry < 0 ? bare : bare[..entry]));
    }

    private static List<string> SplitTags(string text) =>
        [.. text.Split([',', ';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static SignalField Online(string name, Func<OnlineContext, string?> get, Func<OnlineContext, string?, OnlineContext> set) =>
        SignalField.Text(SignalStep.Online, $"online.{name}", s => get(s.Online), (s, v) => s with { Online = set(s.Online, v) });

    private static SignalField Offline(string name, Func<OfflineContext, string?> get, Func<OfflineContext, string?, OfflineContext> set) =>
        SignalField.Text(SignalStep.Offline, $"offline.{name}", s => get(s.Offline), (s, v) => s with { Offline = set(s.Offline, v) });

    private static SignalField Domain(string name, Func<LifeDomains, string?> get, Func<LifeDomains, string?, LifeDomains> set) =>
        Offline($"lifeDomains.{name}", o => get(o.LifeDomains), (o, v) => o with { LifeDomains = set(o.LifeDomains, v) });

    private static SignalField Reading(string name, Func<SubmitterReading, string?> get, Func<SubmitterReading, string?, SubmitterReading> set) =>
        SignalField.Text(SignalStep.Reading, $"reading.{name}", s => get(s.Reading), (s, v) => s with { Reading = set(s.Reading, v) });
}
