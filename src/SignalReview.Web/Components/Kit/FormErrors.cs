namespace SignalReview.Web.Components.Kit;

/// <param name="Field">The field's name without the form's prefix; null for what concerns the form as a whole.</param>
public sealed record FormError(string? Field, string Message);

/// <summary>What is wrong with a form that came in, in the order of its fields.</summary>
public sealed class FormErrors
{
    private readonly List<FormError> errors = [];

    public IReadOnlyList<FormError> All => errors;

    public bool Any => errors.Count > 0;

    public void Add(string? field, string message) => errors.Add(new(field, message));

    /// <summary>Reports a field that was left empty.</summary>
    public void Require(string field, string? value, string message)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            Add(field, message);
        }
    }

    public string? For(string field) => errors.Find(error => error.Field == field)?.Message;
}

/// <summary>What a form tells the fields inside it.</summary>
/// <param name="Prefix">The name of the page's property that receives the form, so that <c>Title</c> posts as <c>Input.Title</c>.</param>
/// <param name="IdPrefix">Keeps ids apart where a page has several forms with fields of the same name.</param>
public sealed record FormScope(string? Prefix, FormErrors Errors, string? IdPrefix = null)
{
    public string NameOf(string field) => Prefix is null ? field : $"{Prefix}.{field}";

    public string IdOf(string field)
        => $"{IdPrefix}{NameOf(field)}".Replace('.', '-').Replace('[', '-').Replace("]", "", StringComparison.Ordinal);
}
