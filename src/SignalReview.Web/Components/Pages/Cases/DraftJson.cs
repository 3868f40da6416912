using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Signals;
using SignalReview.Trail;

namespace SignalReview.Web.Components.Pages.Cases;

/// <summary>Drafts of these pages are kept as the JSON of what they are drafts of.</summary>
internal static class DraftJson
{
    public static JsonElement Write<T>(T content)
        where T : class
        => JsonSerializer.SerializeToElement(content, TrailJson.Options);

    public static T? Read<T>(Draft? draft)
        where T : class
        => draft?.Content.Deserialize<T>(TrailJson.Options);

    public static Refusal Refusal(SaveDraftOutcome outcome) => outcome switch
    {
        SaveDraftOutcome.Saved => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "A saved draft is no refusal."),
        SaveDraftOutcome.Outdated => SignalReview.Cases.Refusal.Conflict("draft-elsewhere"),
        SaveDraftOutcome.NotKept => SignalReview.Cases.Refusal.Conflict("draft-not-kept"),
        SaveDraftOutcome.NotYours => SignalReview.Cases.Refusal.Conflict("draft-not-yours"),
        SaveDraftOutcome.TooLarge => new("draft-too-large", RefusalKind.Invalid),
    };
}
