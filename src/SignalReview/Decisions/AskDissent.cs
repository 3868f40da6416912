using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.Decisions;

internal enum AskDissentOutcome
{
    Asked,
    NotTheOwner,
    NotOpen,
    NotAVoter,
    AlreadyAsked,
    Incomplete,
}

/// <summary>The owner asks somebody for their own words; approving then waits for the answer.</summary>
internal sealed class AskDissent(CommandRunner commands)
{
    public Task<CommandResult> RunAsync(Actor actor, CaseId caseId, AskDissentCommand command, CancellationToken ct) =>
        commands.RunAsync(actor, caseId, command, HandleAsync, ct);

    private static async Task<Refusal?> HandleAsync(Work work, AskDissentCommand command, CancellationToken ct)
    {
        var check = new FieldCheck();
        check.Lengths("proposal", command.Proposal);
        var person = new PersonId(command.Person);
        var outcome = Judge(work.File, work.Me, person, check.Problems);
        if (outcome == AskDissentOutcome.Asked)
        {
            var eventId = work.Append("dissent.asked", CaseRole.Owner, new DissentAskedBody(person, command.Proposal));
            var query = DissentRules.Of(work.File, person) is null ? "decisions/ask_dissent" : "decisions/ask_dissent_again";
            await work.ExecuteAsync(query, new { CaseId = work.Case, PersonId = person, EventId = eventId, work.Now }, ct);
        }

        return Refuse(outcome, check.Problems);
    }

    private static AskDissentOutcome Judge(CaseFile file, PersonId me, PersonId person, IReadOnlyList<FieldProblem> problems)
    {
        if (file.Case.OwnerId != me)
        {
            return AskDissentOutcome.NotTheOwner;
        }

        if (!DissentRules.IsOpen(file))
        {
            return AskDissentOutcome.NotOpen;
        }

        if (person == me || !file.Voters.Contains(person))
        {
            return AskDissentOutcome.NotAVoter;
        }

        if (!DissentRules.MayBeAsked(file, person))
        {
            return AskDissentOutcome.AlreadyAsked;
        }

        return problems.Count > 0 ? AskDissentOutcome.Incomplete : AskDissentOutcome.Asked;
    }

    private static Refusal? Refuse(AskDissentOutcome outcome, IReadOnlyList<FieldProblem> problems) => outcome switch
    {
        AskDissentOutcome.Asked => null,
        AskDissentOutcome.NotTheOwner => Refusal.NotYours,
        AskDissentOutcome.NotOpen => Refusal.Conflict("dissent-not-open"),
        AskDissentOutcome.NotAVoter => Refusal.Invalid(new FieldProblem("person", "notAVoter")),
        AskDissentOutcome.AlreadyAsked => Refusal.Conflict("dissent-already-asked"),
        AskDissentOutcome.Incomplete => Refusal.Invalid(problems),
    };
}

/// <summary>The body of <c>dissent.asked</c>.</summary>
internal sealed record DissentAskedBody(PersonId Person, string? Proposal);
