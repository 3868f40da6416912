using System.Globalization;
using SignalReview.Signals;
using SignalReview.Storage;
using SignalReview.Web.Components.Kit;
using SignalReview.Web.Localization;

namespace SignalReview.Web.Signals;

/// <summary>One field of a step: how it stands in a form, and how it goes in and out of a draft.</summary>
/// <param name="Step">Where it is asked.</param>
/// <param name="Path">Its name in the form, and its path in the submission.</param>
/// <param name="Read">What a form shows of it; empty when nothing was filled in.</param>
/// <param name="Write">The draft with what a form sent; null when that cannot be read.</param>
/// <param name="Words">What it says to somebody who reads it back, where that is other than what the form shows.</param>
internal sealed record SignalField(
    SignalStep Step,
    string Path,
    Func<SignalDraft, string> Read,
    Func<SignalDraft, string, SignalDraft?> Write,
    Func<SignalDraft, Texts, TimeWords, string>? Words = null)
{
    public string Label(Texts texts) => texts[$"NewSignal.{Path}"];

    public string? Hint(Texts texts) => texts.Find($"NewSignal.{Path}.Hint");

    /// <summary>What a draft says here, in words; empty when nothing.</summary>
    public string Say(SignalDraft draft, Texts texts, TimeWords times) =>
        Read(draft).Length == 0 ? "" : Words?.Invoke(draft, texts, times) ?? Read(draft);

    public static SignalField Text(SignalStep step, string path, Func<SignalSubmission, string?> get, Func<SignalSubmission, string?, SignalSubmission> set) =>
        new(step, path, draft => get(draft.Signal) ?? "", (draft, text) => draft with { Signal = set(draft.Signal, string.IsNullOrWhiteSpace(text) ? null : text) });

    public static SignalField List(
        SignalStep step, string path, Func<SignalSubmission, IReadOnlyList<string>> get, Func<SignalSubmission, IReadOnlyList<string>, SignalSubmission> set) =>
        new(step, path, draft => Lines.Join(get(draft.Signal)), (draft, text) => draft with { Signal = set(draft.Signal, Lines.Split(text)) });

    public static SignalField Choice<TEnum>(SignalStep step, string path, Func<SignalSubmission, TEnum?> get, Func<SignalSubmission, TEnum?, SignalSubmission> set)
        where TEnum : struct, Enum =>
        new(
            step,
            path,
            draft => get(draft.Signal) is { } value ? Enums.Text(value) : "",
            (draft, text) => text.Length == 0 ? draft with { Signal = set(draft.Signal, null) }
                : Enums.TryParse<TEnum>(text, out var value) ? draft with { Signal = set(draft.Signal, value) }
                : null,
            (draft, texts, _) => texts.Of(get(draft.Signal)!.Value));

    public static SignalField Tick(SignalStep step, string path, Func<SignalSubmission, bool> get, Func<SignalSubmission, bool, SignalSubmission> set) =>
        new(
            step,
            path,
            draft => get(draft.Signal) ? "true" : "",
            (draft, text) => draft with { Signal = set(draft.Signal, text.Length > 0) },
            (_, texts, _) => texts["NewSignal.Yes"]);

    public static SignalField Number(SignalStep step, string path, Func<SignalSubmission, int?> get, Func<SignalSubmission, int?, SignalSubmission> set) =>
        new(
            step,
            path,
            draft => get(draft.Signal)?.ToString(CultureInfo.InvariantCulture) ?? "",
            (draft, text) => text.Length == 0 ? draft with { Signal = set(draft.Signal, null) }
                : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? draft with { Signal = set(draft.Signal, number) }
                : null);

    /// <summary>A moment, in the form as a clock on the wall shows it.</summary>
    public static SignalField Moment(SignalStep step, string path, Func<SignalSubmission, DateTimeOffset?> get, Func<SignalSubmission, DateTimeOffset?, SignalSubmission> set) =>
        new(
            step,
            path,
            draft => get(draft.Signal) is { } moment ? WallClock.Format(moment) : "",
            (draft, text) => text.Length == 0 ? draft with { Signal = set(draft.Signal, null) }
                : WallClock.Parse(text) is { } moment ? draft with { Signal = set(draft.Signal, moment) }
                : null,
            (draft, _, times) => times.Moment(get(draft.Signal)!.Value));
}
