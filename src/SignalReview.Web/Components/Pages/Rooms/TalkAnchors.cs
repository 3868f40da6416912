using SignalReview.Consultations;
using SignalReview.Rooms;
using SignalReview.Web.Components.Kit;
using SignalReview.Web.Components.Pages.Cases;
using SignalReview.Web.Localization;

namespace SignalReview.Web.Components.Pages.Rooms;

/// <summary>What one can talk about, by the names under which the viewer knows it.</summary>
internal sealed record TalkAnchor(MessageAnchor Anchor, string Path, ReadingView? Reading, QuestionView? Question)
{
    private const int Longest = 60;

    public string Name(Texts texts) => Reading is { } reading
        ? texts["Talk.Reading", reading.By.Name]
        : texts["Talk.Question", Shorten(Question?.Question ?? texts["Rooms.Erased"])];

    private static string Shorten(string text) => text.Length <= Longest ? text : $"{text[..Longest].TrimEnd()}…";
}

internal static class TalkAnchors
{
    /// <summary>All there is: the revealed readings first, as in comparing them.</summary>
    public static IReadOnlyList<TalkAnchor> Of(CaseView view) =>
    [
        .. (view.Readings.Revealed ?? []).Select(r => new TalkAnchor(new(AnchorKind.Reading, r.Id), $"compare#reading-{r.Id:N}", r, null)),
        .. view.Questions.Select(q => new TalkAnchor(new(AnchorKind.Question, q.Id), $"#question-{q.Id:N}", null, q)),
    ];

    /// <returns>Null when it is about nothing that the viewer may know.</returns>
    public static TalkAnchor? Find(CaseView view, MessageAnchor? anchor) => anchor is null ? null : Of(view).FirstOrDefault(a => a.Anchor == anchor);

    /// <summary>How a form names it.</summary>
    public static string Value(MessageAnchor anchor) => $"{Choices.Value(anchor.Kind)}/{anchor.Id:D}";

    public static IReadOnlyList<Option> Options(CaseView view, Texts texts) => [.. Of(view).Select(a => new Option(Value(a.Anchor), a.Name(texts)))];
}
