using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.People;
using SignalReview.Storage;

namespace SignalReview.Trail.Audit;

/// <summary>What the privacy officer says of it afterwards.</summary>
public enum EmergencyVerdict
{
    /// <summary>It was needed.</summary>
    Confirmed,

    /// <summary>It was not; access that still lasts ends.</summary>
    Unfounded,
}

/// <summary>
/// Opens a case in an emergency: by a professional who has no part in it, with a reason, for some hours. Its owner, the coordinators and the privacy officer see it at
/// once, and the privacy officer judges it afterwards.
/// </summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Case">Its id, an address with its id, or the last six characters of its id, by which pages name it.</param>
/// <param name="Reason">What is the matter.</param>
public sealed record OpenEmergencyCommand(Guid CommandId, string Case, string Reason) : ICommand;

/// <summary>Judges that a case was opened in an emergency; by the privacy officer.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Access">Which.</param>
/// <param name="Verdict">Needed or not.</param>
/// <param name="Remark">Why.</param>
public sealed record ReviewEmergencyCommand(Guid CommandId, Guid Access, EmergencyVerdict? Verdict, string Remark) : ICommand;

/// <param name="Id">Of this access.</param>
/// <param name="By">Who opened the case.</param>
/// <param name="At">When.</param>
/// <param name="EndsAt">Until when they could read.</param>
/// <param name="Reason">Why, in their words.</param>
/// <param name="Verdict">Null until it was judged.</param>
/// <param name="ReviewedBy">By whom it was judged.</param>
/// <param name="ReviewedAt">When.</param>
/// <param name="Remark">Why it was judged so.</param>
public sealed record EmergencyView(
    Guid Id,
    PersonRef By,
    DateTimeOffset At,
    DateTimeOffset EndsAt,
    string? Reason,
    EmergencyVerdict? Verdict,
    PersonRef? ReviewedBy,
    DateTimeOffset? ReviewedAt,
    string? Remark);

/// <summary>The body of <c>emergency.opened</c>.</summary>
internal sealed record EmergencyOpenedBody(string Reason, DateTimeOffset EndsAt, string Client);

/// <summary>The body of <c>emergency.reviewed</c>, which names the access by the event that opened it.</summary>
internal sealed record EmergencyReviewedBody(Guid Access, EmergencyVerdict Verdict, string Remark);

/// <summary>How long access in an emergency lasts.</summary>
internal sealed record EmergencySettings(TimeSpan Lasts)
{
    public const string Setting = "Emergency:Hours";

    private const int DefaultHours = 4;
    private const int MostHours = 24;

    /// <exception cref="InvalidOperationException">Not a whole number from 1 to 24.</exception>
    public static EmergencySettings From(IConfiguration configuration) => configuration[Setting] switch
    {
        null or "" => new(TimeSpan.FromHours(DefaultHours)),
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && hours is >= 1 and <= MostHours => new(TimeSpan.FromHours(hours)),
        var text => throw new InvalidOperationException($"{Setting} must be a whole number of hours from 1 to {MostHours}; it is '{text}'."),
    };
}

/// <summary>Who may do what in an emergency. Pure.</summary>
internal static class EmergencyRules
{
    private static readonly Role[] Professional = [Role.Worker, Role.Facilitator, Role.Approver, Role.Coordinator];

    /// <summary>Somebody who works with young people here; a panel member, who sees the core of a case only, does not.</summary>
    public static bool IsProfessional(Actor actor, PeopleSnapshot people) =>
        Professional.Any(actor.Is) && people.Find(actor.Person) is { CoreOnly: false };

    public static bool MayReview(CaseFile file, Actor actor) =>
        actor.Is(Role.PrivacyOfficer) && file.Emergencies.Any(e => e.Verdict is null && e.PersonId != actor.Person);
}

internal enum OpenEmergencyOutcome
{
    Opened,
    NotProfessional,
    NoSuchCase,
    NotNeeded,
    Incomplete,
}

/// <summary>Breaks the glass. Blindness holds behind it too: what was not revealed stays closed.</summary>
internal sealed partial class OpenEmergency(CommandRunner commands, IDatabase database, PeopleDirectory directory, EmergencySettings settings)
{
    private const int NumberLength = 6;

    public async Task<CommandResult> RunAsync(Actor actor, OpenEmergencyCommand command, CancellationToken ct)
    {
        var people = await directory.GetAsync(ct);
        var found = await FindAsync(command.Case, ct);
        return await commands.RunBesideAsync(
            actor, found ?? CaseId.Organisation, command, (work, asked, token) => HandleAsync(work, asked, found is not null, people, token), ct);
    }

    /// <summary>The id that stands in an address, or is the text itself.</summary>
    public static CaseId? IdIn(string? text) => Id().Match(text ?? "") is { Success: true } match ? new CaseId(Guid.Parse(match.Value)) : null;

    private async Task<CaseId?> FindAsync(string? text, CancellationToken ct)
    {
        await using var db = await database.OpenReadAsync(ct);
        if (IdIn(text) is { } id)
        {
            return await db.FirstOrDefaultAsync<CaseRow>("cases/get", new { CaseId = id }, ct) is null ? null : id;
        }

        var number = text?.Trim().ToLowerInvariant() ?? "";
        if (number.Length != NumberLength)
        {
            return null;
        }

        return await db.QueryAsync<CaseId>("audit/case_by_number", new { Number = number }, ct) is [var only] ? only : null;
    }

    private async Task<Refusal?> HandleAsync(Work work, OpenEmergencyCommand command, bool found, PeopleSnapshot people, CancellationToken ct)
    {
        var file = found && work.Case != CaseId.Organisation && await work.ExecuteAsync("cases/claim", new { CaseId = work.Case }, ct) == 1
            ? await work.ReloadAsync(ct)
            : null;
        var check = new FieldCheck();
        check.Required("case", command.Case);
        check.Required("reason", command.Reason);
        var outcome = Judge(work, file?.At(work.Now), people, check.Problems);
        if (outcome == OpenEmergencyOutcome.Opened)
        {
            await OpenAsync(work, file!, command.Reason.Trim(), ct);
        }

        return outcome switch
        {
            OpenEmergencyOutcome.Opened => null,
            OpenEmergencyOutcome.NotProfessional => Refusal.Forbidden("emergency-not-professional"),
            OpenEmergencyOutcome.NoSuchCase => new("emergency-no-case", RefusalKind.NotFound),
            OpenEmergencyOutcome.NotNeeded => Refusal.Conflict("emergency-not-needed"),
            OpenEmergencyOutcome.Incomplete => Refusal.Invalid(check.Problems),
        };
    }

    private static OpenEmergencyOutcome Judge(Work work, CaseFile? file, PeopleSnapshot people, IReadOnlyList<FieldProblem> problems)
    {
        if (!EmergencyRules.IsProfessional(work.Actor, people))
        {
            return OpenEmergencyOutcome.NotProfessional; // before anything that tells whether there is such a case
        }

        if (problems.Count > 0)
        {
            return OpenEmergencyOutcome.Incomplete;
        }

        if (file is null or { Phase: CasePhase.Draft or CasePhase.Stopped or CasePhase.Withdrawn })
        {
            return OpenEmergencyOutcome.NoSuchCase;
        }

        return BlindView.SightOf(file, work.Actor, people).Content ? OpenEmergencyOutcome.NotNeeded : OpenEmergencyOutcome.Opened;
    }

    private async Task OpenAsync(Work work, CaseFile file, string reason, CancellationToken ct)
    {
        var ends = work.Now + settings.Lasts;
        var opened = work.Append("emergency.opened", CaseRole.Emergency, new EmergencyOpenedBody(reason, ends, work.Actor.Client));
        var id = work.NewId();
        work.Created = id;
        await work.ExecuteAsync(
            "audit/open_emergency",
            new { AccessId = id, CaseId = work.Case, PersonId = work.Me, work.Now, EventId = opened, EndsAt = ends },
            ct);
        // Whoever has the case open sees it now, not at their next look.
        var news = JsonSerializer.Serialize(new CaseNews(["emergency.opened"], null), TrailJson.Options);
        await work.ExecuteAsync("cases/insert_outbox", new { CaseId = work.Case, file.Case.Seq, Payload = news, At = work.Now }, ct);
    }

    [GeneratedRegex("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}", RegexOptions.None, 1000)]
    private static partial Regex Id();
}

internal enum ReviewEmergencyOutcome
{
    Reviewed,
    NotYours,
    NotOpen,
    Incomplete,
}

/// <summary>Confirms that the glass was broken for a good reason, or says that it was not.</summary>
internal sealed class ReviewEmergency(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, ReviewEmergencyCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, ReviewEmergencyCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Required("verdict", command.Verdict);
        check.Required("remark", command.Remark);
        var outcome = Judge(work, command, check.Problems);
        if (outcome == ReviewEmergencyOutcome.Reviewed)
        {
            var reviewed = work.Append(
                "emergency.reviewed", CaseRole.PrivacyOfficer, new EmergencyReviewedBody(work.File.Emergencies.First(e => e.AccessId == command.Access).OpenedEvent, command.Verdict!.Value, command.Remark.Trim()));
            var rows = await work.ExecuteAsync(
                "audit/review_emergency",
                new { AccessId = command.Access, CaseId = work.Case, PersonId = work.Me, command.Verdict, work.Now, EventId = reviewed },
                ct);
            outcome = rows == 1 ? outcome : ReviewEmergencyOutcome.NotOpen;
        }

        return outcome switch
        {
            ReviewEmergencyOutcome.Reviewed => null,
            ReviewEmergencyOutcome.NotYours => Refusal.NotYours,
            ReviewEmergencyOutcome.NotOpen => Refusal.Conflict("emergency-reviewed"),
            ReviewEmergencyOutcome.Incomplete => Refusal.Invalid(check.Problems),
        };
    }

    private static ReviewEmergencyOutcome Judge(Work work, ReviewEmergencyCommand command, IReadOnlyList<FieldProblem> problems)
    {
        var access = work.File.Emergencies.FirstOrDefault(e => e.AccessId == command.Access);
        if (!work.Actor.Is(Role.PrivacyOfficer) || access?.PersonId == work.Me)
        {
            return ReviewEmergencyOutcome.NotYours;
        }

        if (access is null or { Verdict: not null })
        {
            return ReviewEmergencyOutcome.NotOpen;
        }

        return problems.Count > 0 ? ReviewEmergencyOutcome.Incomplete : ReviewEmergencyOutcome.Reviewed;
    }
}
