using System.Globalization;
using Microsoft.Extensions.Configuration;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Trail.Bundles;

namespace SignalReview.Trail.Audit;

/// <summary>How much of the trail an export takes along.</summary>
public enum ExportJobScope
{
    Case,
    Period,
    Everything,
}

/// <summary>Where an export is that was asked for.</summary>
public enum ExportJobState
{
    /// <summary>Waits for a second person.</summary>
    Asked,

    /// <summary>Waits for a host to build it.</summary>
    Approved,
    Refused,
    Building,

    /// <summary>Can be downloaded until it expires.</summary>
    Ready,
    Failed,
    Cancelled,

    /// <summary>Its file was deleted: its time was over, or a case in it was erased.</summary>
    Expired,
}

/// <summary>Asks for an export, which is built in the background.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Scope">How much.</param>
/// <param name="Reason">Why it leaves the product.</param>
/// <param name="Case">Of a case.</param>
/// <param name="From">Of a period: its first day, by the calendar of the house.</param>
/// <param name="To">Of a period: its last day.</param>
/// <param name="Profile">What is left out: "full", "noBodies" or "noThirdParties".</param>
/// <param name="Language">"nl" or "en", for the report.</param>
public sealed record AskExportCommand(
    Guid CommandId,
    ExportJobScope? Scope,
    string Reason,
    Guid? Case = null,
    DateOnly? From = null,
    DateOnly? To = null,
    string Profile = "full",
    string Language = "nl") : ICommand;

/// <summary>A second person says yes or no to an export that was asked for.</summary>
public sealed record JudgeExportCommand(Guid CommandId, Guid Job, bool Approves, string? Remark = null) : ICommand;

/// <summary>Whoever asked for it wants it no longer; what is ready is deleted.</summary>
public sealed record CancelExportCommand(Guid CommandId, Guid Job) : ICommand;

/// <summary>One export that was asked for.</summary>
/// <param name="Id">The job.</param>
/// <param name="Scope">How much.</param>
/// <param name="Case">Of a case.</param>
/// <param name="From">Of a period.</param>
/// <param name="To">Of a period.</param>
/// <param name="Profile">What is left out.</param>
/// <param name="State">Where it is.</param>
/// <param name="By">Who asked.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why; null when it was erased.</param>
/// <param name="JudgedBy">The second person.</param>
/// <param name="JudgedAt">When they judged.</param>
/// <param name="Remark">What they said.</param>
/// <param name="Percent">How far it is, 0–100.</param>
/// <param name="Events">How many events it holds, as far as is known.</param>
/// <param name="Bytes">How large the file is.</param>
/// <param name="Sha256">Of the file, in lower-case hex.</param>
/// <param name="ExpiresAt">Until when it can be downloaded.</param>
/// <param name="Failure">A refusal's code.</param>
/// <param name="Can">What the viewer can do with it: judgeExport, cancelExport, download.</param>
public sealed record ExportJobView(
    Guid Id,
    ExportJobScope Scope,
    CaseId? Case,
    DateOnly? From,
    DateOnly? To,
    string Profile,
    ExportJobState State,
    PersonRef By,
    DateTimeOffset At,
    string? Reason,
    PersonRef? JudgedBy,
    DateTimeOffset? JudgedAt,
    string? Remark,
    int Percent,
    long Events,
    long? Bytes,
    string? Sha256,
    DateTimeOffset? ExpiresAt,
    string? Failure,
    IReadOnlySet<string> Can);

/// <param name="Items">Newest first: one's own, and those that one may judge.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Page">From 1.</param>
/// <param name="PageSize">Jobs a page.</param>
public sealed record ExportJobList(IReadOnlyList<ExportJobView> Items, int Total, int Page, int PageSize);

/// <summary>The body of <c>export.asked</c>.</summary>
internal sealed record ExportAskedBody(
    Guid Job, ExportJobScope Scope, CaseId? Case, DateOnly? From, DateOnly? To, string Profile, string Language, string Reason, bool NeedsApproval, string Client);

/// <summary>The body of <c>export.judged</c>.</summary>
internal sealed record ExportJudgedBody(Guid Job, bool Approves, string? Remark);

/// <summary>The body of what else happens to a job.</summary>
internal sealed record ExportJobBody(Guid Job, string? Code = null, long? Bytes = null, string? Sha256 = null);

internal sealed record ExportJobRow
{
    public Guid JobId { get; init; }
    public PersonId RequestedById { get; init; }
    public DateTimeOffset RequestedAt { get; init; }
    public Guid RequestedEvent { get; init; }
    public ExportJobScope Scope { get; init; }
    public CaseId? CaseId { get; init; }
    public DateOnly? FromOn { get; init; }
    public DateOnly? ToOn { get; init; }
    public string Profile { get; init; } = "";
    public string Language { get; init; } = "";
    public ExportJobState State { get; init; }
    public PersonId? JudgedById { get; init; }
    public DateTimeOffset? JudgedAt { get; init; }
    public Guid? JudgedEvent { get; init; }
    public int Attempts { get; init; }
    public long DoneEvents { get; init; }
    public long TotalEvents { get; init; }
    public string? Failure { get; init; }
    public long? FileBytes { get; init; }
    public string? FileSha256 { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>The organisation's policy for exports.</summary>
/// <param name="NeedsApproval">Which scopes, or scope/profile, need a second person.</param>
/// <param name="Fresh">How long ago one may have signed in to ask, approve or download.</param>
/// <param name="Kept">How long a file can be downloaded.</param>
internal sealed record ExportPolicy(IReadOnlySet<string> NeedsApproval, TimeSpan Fresh, TimeSpan Kept)
{
    public const string ApprovalSetting = "Exports:NeedsApproval";
    public const string FreshSetting = "Exports:FreshSignInMinutes";
    public const string KeptSetting = "Exports:KeptHours";

    private const string DefaultApproval = "period,everything";

    /// <summary>The scopes and profiles that the setting may name.</summary>
    private static readonly string[] Scopes = ["case", "period", "everything"];

    public bool Asks(ExportJobScope scope, string profile)
    {
        var name = Storage.Enums.Text(scope);
        return NeedsApproval.Contains(name) || NeedsApproval.Contains($"{name}/{profile}");
    }

    /// <summary>Whether somebody proved lately enough who they are.</summary>
    /// <param name="signedInAt">When they last did; null: unknown.</param>
    /// <param name="now">The time.</param>
    public bool IsFresh(DateTimeOffset? signedInAt, DateTimeOffset now) => signedInAt is { } at && now - at <= Fresh;

    /// <summary>Why one case is not given at once: the way that mends it is asked for first. Null: nothing stands in the way.</summary>
    /// <param name="profile">What would be left out.</param>
    /// <param name="signedInAt">When they last proved who they are; null: unknown.</param>
    /// <param name="now">The time.</param>
    public Refusal? Hinders(string profile, DateTimeOffset? signedInAt, DateTimeOffset now) =>
        !IsFresh(signedInAt, now) ? Refusal.Forbidden("sign-in-again")
        : Asks(ExportJobScope.Case, profile) ? Refusal.Conflict("export-needs-approval")
        : null;

    /// <exception cref="InvalidOperationException">A setting cannot be read.</exception>
    public static ExportPolicy From(IConfiguration configuration)
    {
        var text = configuration[ApprovalSetting] is { Length: > 0 } given ? given : DefaultApproval;
        var rules = text == "none" ? [] : text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (rules.FirstOrDefault(rule => !IsKnown(rule)) is { } unknown)
        {
            throw new InvalidOperationException(
                $"{ApprovalSetting} names '{unknown}'; known are none, and {string.Join(", ", Scopes)}, each alone or with /{string.Join(", /", RedactionProfile.All.Select(profile => profile.Name))}.");
        }

        return new(
            rules.ToHashSet(StringComparer.Ordinal),
            TimeSpan.FromMinutes(Number(configuration, FreshSetting, 15, 24 * 60)),
            TimeSpan.FromHours(Number(configuration, KeptSetting, 72, 24 * 30)));
    }

    private static bool IsKnown(string rule) =>
        rule.Split('/') is [var scope, .. var rest] && Scopes.Contains(scope) && (rest is [] || (rest is [var profile] && RedactionProfile.Find(profile) is not null));

    private static int Number(IConfiguration configuration, string setting, int missing, int most) => configuration[setting] switch
    {
        null or "" => missing,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most => number,
        var text => throw new InvalidOperationException($"{setting} must be a whole number from 1 to {most}; it is '{text}'."),
    };
}
