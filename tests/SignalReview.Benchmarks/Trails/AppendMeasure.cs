using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.Benchmarks.Cycles;
using SignalReview.Benchmarks.Rooms;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Storage;

namespace SignalReview.Benchmarks.Trails;

/// <summary>
/// What the trail adds to a command: somebody says something in a room of eight, through the product's own <see cref="CommandRunner"/>, once with its
/// event and once without. Both load and judge the case, drive the workflow, write the message, the receipt and the outbox, and are on disk before they end.
/// </summary>
internal static class AppendMeasure
{
    private const int Members = 8;

    /// <summary>With and without, in one room: so that no room has more messages than a real one.</summary>
    private const int PairsARoom = 20;

    private static readonly MessageBody Words = new("Ik lees het anders dan jij, en ik zeg je waarom.", MessageKind.Remark, null, null, []);

    /// <returns>Medians of a transaction, in milliseconds.</returns>
    public static async Task<(double Without, double With)> RoundAsync(BenchmarkHost host, RoomFactory rooms, int repeats, CancellationToken ct)
    {
        List<double> without = [];
        List<double> with = [];
        while (with.Count < repeats)
        {
            var room = new CaseId((await rooms.OpenAsync(Members, ct)).Case);
            var speaker = await SpeakerAsync(host, room, ct);
            for (var pair = 0; pair < PairsARoom && with.Count < repeats; pair++)
            {
                // They take turns at going first.
                for (var turn = 0; turn < 2; turn++)
                {
                    var appends = (pair + turn) % 2 == 0;
                    (appends ? with : without).Add(await SayAsync(host, speaker, room, appends, ct));
                }
            }
        }

        return (TrailBenchmark.Median(without), TrailBenchmark.Median(with));
    }

    private static async Task<double> SayAsync(BenchmarkHost host, Actor speaker, CaseId room, bool appends, CancellationToken ct)
    {
        var command = new SayCommand(Guid.CreateVersion7(), Words.Text);
        var commands = host.Services.GetRequiredService<CommandRunner>();
        var clock = Stopwatch.StartNew();
        var result = await commands.RunAsync(speaker, room, command, (work, _, token) => HandleAsync(work, appends, token), ct);
        var elapsed = clock.Elapsed.TotalMilliseconds;
        return result.Refusal is { } refusal ? throw new InvalidOperationException($"Refused: {refusal.Code}") : elapsed;
    }

    private static async Task<Refusal?> HandleAsync(Work work, bool appends, CancellationToken ct)
    {
        var id = appends ? work.Append("message.said", RoomRules.TakesPartAs(work.File, work.Me), Words) : Guid.CreateVersion7(work.Now);
        var said = await work.ExecuteAsync(
            "rooms/say",
            new
            {
                CaseId = work.Case,
                PersonId = work.Me,
                EventId = id,
                work.File.Case.Seq,
                work.Now,
                Kind = MessageKind.Remark,
                ReplyTo = (Guid?)null,
                AnchorKind = (AnchorKind?)null,
                AnchorId = (Guid?)null,
            },
            ct);
        await work.ExecuteAsync("signals/delete_draft", new { CaseId = work.Case, PersonId = work.Me, Kind = DraftKind.Message }, ct);
        work.Created = id;
        return said == 1 ? null : throw new InvalidOperationException("The room took no message.");
    }

    private static async Task<Actor> SpeakerAsync(BenchmarkHost host, CaseId room, CancellationToken ct)
    {
        await using var db = await host.Services.GetRequiredService<IDatabase>().OpenReadAsync(ct);
        var file = await CaseStore.LoadAsync(db, room, ct) ?? throw new InvalidOperationException($"There is no case {room}.");
        var people = await host.Services.GetRequiredService<PeopleDirectory>().GetAsync(ct);
        var person = people.Find(file.Case.SubmitterId)!;
        return new(person.Id, person.Roles, "bench");
    }
}
