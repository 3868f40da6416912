using Microsoft.Extensions.DependencyInjection;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Trail.Audit;

namespace SignalReview.Demo;

/// <summary>Gives an auditor something to find: a case that was opened in an emergency and judged, and a finding that was replied to.</summary>
internal sealed class DemoAudit(IServiceProvider services, SeedClock clock)
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    /// <summary>Colleagues who may have no part in the case; the first of them who has none opens it.</summary>
    private static readonly string[] Passers = ["w4", "w8", "w6", "w3", "w2"];

    public async Task RunAsync(CaseId opened, CaseId found, string owner, CancellationToken ct)
    {
        foreach (var passer in Passers)
        {
            var open = new OpenEmergencyCommand(
                NewId(), opened.ToString(), "Een jongere uit deze groep appt mij dat hij vanavond 'afscheid neemt'. Ik moet nu weten wat hier speelt.");
            if (await services.GetRequiredService<OpenEmergency>().RunAsync(ActorOf(passer), open, ct) is { Done: true, Created: { } access })
            {
                var remark = "Er was een acute aanleiding en de eigenaar was niet bereikbaar. Terecht geopend.";
                Done(await services.GetRequiredService<ReviewEmergency>().RunAsync(ActorOf("w11"), opened, new(NewId(), access, EmergencyVerdict.Confirmed, remark), ct));
                break;
            }
        }

        var findings = services.GetRequiredService<Findings>();
        var raise = new RaiseFindingCommand(
            NewId(), FindingSeverity.Minor, "Het besluit noemt niet wanneer er met de ouders is overlegd.", "Is dat overleg er geweest, en wanneer?");
        var raised = Done(await findings.RaiseAsync(ActorOf("w10"), found, raise, ct)).Created!.Value;
        Done(await findings.ReplyAsync(ActorOf(owner), found, new(NewId(), raised, "Ja, telefonisch op de dag van het besluit. Voortaan noem ik de datum erbij."), ct));
    }

    private Guid NewId()
    {
        clock.Advance(Step);
        return Guid.CreateVersion7(clock.GetUtcNow());
    }

    private static Actor ActorOf(string subject)
    {
        var person = DemoPeople.All.Single(p => p.Subject == subject);
        return new(person.Id, person.Roles, "system");
    }

    private static CommandResult Done(CommandResult result) =>
        result.Refusal is { } refusal ? throw new DemoFailedException($"The demo's audit was refused: {refusal.Code}.") : result;
}
