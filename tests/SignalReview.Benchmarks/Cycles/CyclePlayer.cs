using System.Net.Http.Json;
using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.Demo;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Trail;
using SignalReview.Web.Api;
using SignalReview.Workflow;

namespace SignalReview.Benchmarks.Cycles;

/// <summary>
/// Plays whole cycles over HTTP by the shipped definition of the full way, with the words of one demo case and the readers that the routing
/// chooses. Each request is made as the person who makes it; one that is refused ends the benchmark.
/// </summary>
internal sealed class CyclePlayer : IDisposable
{
    public const string Definition = DefinitionLibrary.CollegialConsultation;

    private const string Approver = "w7";

    // Whoever may submit and is not the one who approves.
    private static readonly string[] Submitters = ["w1", "w2", "w3", "w4", "w5", "w6", "w8"];

    private readonly Dictionary<Guid, HttpClient> clients;
    private readonly DemoCase words;
    private readonly TimeProvider time;
    private int commands;
    private int reads;

    private CyclePlayer(Dictionary<Guid, HttpClient> clients, DemoCase words, TimeProvider time)
    {
        this.clients = clients;
        this.words = words;
        this.time = time;
    }

    /// <summary>Commands that were carried out since the start.</summary>
    public int Commands => Volatile.Read(ref commands);

    /// <summary>Reads of a case since the start; each is a write too, because the trail says who read.</summary>
    public int Reads => Volatile.Read(ref reads);

    public static async Task<CyclePlayer> CreateAsync(BenchmarkHost host, TimeProvider time, CancellationToken ct)
    {
        var people = new Dictionary<Guid, HttpClient>();
        foreach (var person in DemoPeople.All)
        {
            people.Add(person.Id.Value, await host.ClientAsync(person.Subject, ct));
        }

        var demo = DemoCases.Load().Cases.First(c => c.Workflow == Definition && c.Dissent is null && c.Owner == c.Submitter);
        return new(people, demo, time);
    }

    /// <summary>Plays so many cycles, so many at a time.</summary>
    public async Task RunAsync(int cycles, int atATime, CancellationToken ct) =>
        await Parallel.ForEachAsync(
            Enumerable.Range(0, cycles),
            new ParallelOptions { MaxDegreeOfParallelism = atATime, CancellationToken = ct },
            async (number, token) => await PlayAsync(IdOf(Submitters[number % Submitters.Length]), token));

    public void Dispose()
    {
        foreach (var client in clients.Values)
        {
            client.Dispose();
        }
    }

    private static Guid IdOf(string subject) => DemoPeople.All.Single(p => p.Subject == subject).Id.Value;

    private async Task PlayAsync(Guid submitter, CancellationToken ct)
    {
        var id = await StartAsync(submitter, ct);
        await SendAsync(submitter, $"signals/{id}/submit", c => new SubmitSignalCommand(c, words.SignalAt(time.GetUtcNow()), Definition), ct);
        var (facilitator, readers) = await PeopleAsync(submitter, id, ct);

        foreach (var reader in readers)
        {
            await SendAsync(reader, $"cases/{id}/accept-invitation", c => new AcceptInvitationCommand(c), ct);
        }

        foreach (var reader in readers)
        {
            await SendAsync(reader, $"cases/{id}/ready-to-read", c => new ReadyToReadCommand(c), ct);
        }

        foreach (var (reader, reading) in readers.Zip(words.Readings!))
        {
            await SendAsync(reader, $"cases/{id}/submit-interpretation", c => new SubmitInterpretationCommand(c, reading.Interpretation), ct);
        }

        await SendAsync(submitter, $"cases/{id}/finish-comparing", c => new FinishComparingCommand(c, OpenRoom: true), ct);
        await SendAsync(facilitator, $"cases/{id}/open-vote", c => new OpenVoteCommand(c), ct);
        foreach (var (voter, ballot) in readers.Prepend(submitter).Zip(words.Rounds![0]))
        {
            await SendAsync(voter, $"cases/{id}/cast-vote", c => ballot.Command(c, round: 1, proposal: null), ct);
        }

        await SendAsync(facilitator, $"cases/{id}/harvest", c => new HarvestCommand(c), ct);
        var decision = words.Decision!.Content(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), IdOf);
        await SendAsync(submitter, $"cases/{id}/decide", c => new DecideCommand(c, decision, IdOf(Approver)), ct);
        await SendAsync(IdOf(Approver), $"cases/{id}/approve-decision", c => new ApproveDecisionCommand(c, Remark: null), ct);
    }

    private async Task<CaseId> StartAsync(Guid submitter, CancellationToken ct)
    {
        using var response = await PostAsync(submitter, "signals", new StartSignalCommand(NewId()), ct);
        var receipt = await response.Content.ReadFromJsonAsync<Receipt>(TrailJson.Options, ct);
        return receipt!.CaseId;
    }

    private async Task<(Guid Facilitator, IReadOnlyList<Guid> Readers)> PeopleAsync(Guid submitter, CaseId id, CancellationToken ct)
    {
        using var response = await clients[submitter].GetAsync(Address($"cases/{id}"), ct);
        await ThrowIfRefusedAsync(response, ct);
        using var view = await response.Content.ReadFromJsonAsync<JsonDocument>(ct);
        Interlocked.Increment(ref reads);
        var people = view!.RootElement.GetProperty("people");
        return (PersonOf(people.GetProperty("facilitator")),
            [.. people.GetProperty("readers").EnumerateArray().Select(r => PersonOf(r.GetProperty("person")))]);

        static Guid PersonOf(JsonElement person) => person.GetProperty("id").GetGuid();
    }

    private async Task SendAsync<TCommand>(Guid person, string path, Func<Guid, TCommand> command, CancellationToken ct)
        where TCommand : ICommand
    {
        using var response = await PostAsync(person, path, command(NewId()), ct);
    }

    private async Task<HttpResponseMessage> PostAsync<TCommand>(Guid person, string path, TCommand command, CancellationToken ct)
        where TCommand : ICommand
    {
        var response = await clients[person].PostAsJsonAsync(Address(path), command, TrailJson.Options, ct);
        await ThrowIfRefusedAsync(response, ct);
        Interlocked.Increment(ref commands);
        return response;
    }

    private static async Task ThrowIfRefusedAsync(HttpResponseMessage response, CancellationToken ct)
    {
        if (!response.IsSuccessStatusCode)
        {
            var problem = await response.Content.ReadAsStringAsync(ct);
            throw new InvalidOperationException(
                $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.AbsolutePath} → {(int)response.StatusCode} {problem}");
        }
    }

    private static Uri Address(string path) => new("api/v1/" + path, UriKind.Relative);

    private Guid NewId() => Guid.CreateVersion7(time.GetUtcNow());
}
