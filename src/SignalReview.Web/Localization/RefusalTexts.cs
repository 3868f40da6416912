using SignalReview.Cases;

namespace SignalReview.Web.Localization;

/// <summary>What a refusal says: what, why, what now.</summary>
public sealed record RefusalText(string Code, string Title, string Detail, string Next, IReadOnlyList<FieldText> Fields);

/// <param name="Path">The JSON path in the command, camelCase.</param>
/// <param name="Code">Stable.</param>
/// <param name="Message">For the person who filled it in.</param>
public sealed record FieldText(string Path, string Code, string Message);

/// <summary>The words for refusals, in the language of the request: Resources/Refusals.resx.</summary>
internal sealed class RefusalTexts(Texts texts)
{
    public RefusalText Of(Refusal refusal) => Of(refusal.Code, refusal.Fields);

    public RefusalText Of(string code, IReadOnlyList<FieldProblem>? fields = null) => new(
        code,
        texts[$"Refusals.{code}.Title"],
        texts[$"Refusals.{code}.Detail"],
        texts[$"Refusals.{code}.Next"],
        [.. (fields ?? []).Select(field => new FieldText(field.Path, field.Code, Of(field)))]);

    /// <summary>Why a body could not be read: one of the texts <c>json.*</c>.</summary>
    public string Reason(string key, params object?[] args) => texts[$"Refusals.{key}", args];

    /// <summary>The words for this very field where there are any, otherwise those for its code.</summary>
    public string Of(FieldProblem field) =>
        texts.Find($"Refusals.field.{field.Path}.{field.Code}") ?? texts[$"Refusals.field.{field.Code}"];
}
