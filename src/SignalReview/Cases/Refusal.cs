namespace SignalReview.Cases;

/// <summary>What kind of no it is; the HTTP door maps it to a status.</summary>
public enum RefusalKind
{
    /// <summary>Something is missing or wrong in what was sent (422).</summary>
    Invalid,

    /// <summary>Not there, or not for you to know (404).</summary>
    NotFound,

    /// <summary>You may see it, but this is not yours to do (403).</summary>
    Forbidden,

    /// <summary>Right thing, wrong moment: the case has moved on (409).</summary>
    Conflict,

    /// <summary>Nothing is wrong with it: try again in a moment (503).</summary>
    Busy,
}

/// <summary>One field that is missing or wrong; <paramref name="Path"/> is the JSON path in the command, camelCase.</summary>
public sealed record FieldProblem(string Path, string Code);

/// <summary>
/// A no that belongs to the product. <paramref name="Code"/> is stable: it is the problem's type at the HTTP door and the key of the
/// texts that say what, why and what now.
/// </summary>
public sealed record Refusal(string Code, RefusalKind Kind, IReadOnlyList<FieldProblem>? Fields = null)
{
    public static Refusal NotFound { get; } = new("case-not-found", RefusalKind.NotFound);

    public static Refusal NotYours { get; } = new("not-yours", RefusalKind.Forbidden);

    public static Refusal CommandReused { get; } = new("command-reused", RefusalKind.Conflict);

    public static Refusal Busy { get; } = new("busy", RefusalKind.Busy);

    public static Refusal Conflict(string code) => new(code, RefusalKind.Conflict);

    public static Refusal Forbidden(string code) => new(code, RefusalKind.Forbidden);

    public static Refusal Invalid(params IReadOnlyList<FieldProblem> fields) => new("invalid", RefusalKind.Invalid, fields);
}

/// <summary>Every command carries an id that its client made: a retry returns the first receipt.</summary>
public interface ICommand
{
    Guid CommandId { get; }
}

/// <summary>What a command came to: a receipt, or a refusal.</summary>
/// <param name="Refusal">Null when it was done.</param>
/// <param name="Case">The case it was about.</param>
/// <param name="Seq">The case's live sequence number after it.</param>
/// <param name="Created">The id of what it made, where it makes something.</param>
public sealed record CommandResult(Refusal? Refusal, CaseId Case, long Seq = 0, Guid? Created = null)
{
    public bool Done => Refusal is null;
}
