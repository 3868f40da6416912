using Microsoft.AspNetCore.Components;

namespace SignalReview.Web.Components.Kit;

/// <summary>What every field has: a name, a question, a hint and, after a refused form, what is wrong.</summary>
public abstract class FieldBase : ComponentBase
{
    /// <summary>Name of the property it fills, without the form's prefix: <c>@nameof(DecisionForm.Rationale)</c>.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter]
    public string? Hint { get; set; }

    /// <summary>Fields are required unless they say otherwise; what may stay empty is marked in words.</summary>
    [Parameter]
    public bool Optional { get; set; }

    [CascadingParameter]
    private FormScope? Scope { get; set; }

    protected string Id => Form.IdOf(Name);

    protected string FormName => Form.NameOf(Name);

    protected string? Error => Form.Errors.For(Name);

    protected string? Required => Optional ? null : "true";

    protected string? Invalid => Error is null ? null : "true";

    protected string? DescribedBy => (Hint, Error) switch
    {
        (null, null) => null,
        (not null, null) => $"{Id}-hint",
        (null, not null) => $"{Id}-error",
        _ => $"{Id}-hint {Id}-error",
    };

    private FormScope Form => Scope ?? throw new InvalidOperationException($"The field '{Name}' stands outside a <Form>.");
}
