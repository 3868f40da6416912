using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.Benchmarks.Cycles;
using SignalReview.Benchmarks.Rooms;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Benchmarks.Trails;

/// <summary>
/// What the trail adds to a command: somebody says something in a room of eight, through the product's own <see cref="CommandRunner"/>, with its event
/// and without. All load and judge the case, drive the workflow, write the message, the receipt and the outbox, and are on disk before they end. What was
/// said stands in the event alone, and would have to be kept somewhere without a trail too: so it is measured without the event, and without either.
/// </summary>
internal static class AppendMeasure
{
    private const int Members = 8;

    /// <summary>Of each kind, in one room: so that no room has more messages than a real one.</summary>
    private const int TimesARoom = 15;

    private static readonly Kept[] Kinds = [Kept.Nothing, Kept.Words, Kept.Event];

    private static readonly MessageBody Words = new("Ik lees het anders dan jij, en ik zeg je waarom.", MessageKind.Remark, null, null, []);

    private enum Kept
    {
        /// <summary>That something was said, and not what.</summary>
        Nothing,

        /// <summary>What was said, under the dossier's key, where events keep it. It is in no tree.</summary>
        Words,

        /// <summary>As the product does it.</summary>
        Event,
    }

    public static async Task<AppendFigures> RoundAsync(BenchmarkHost host, RoomFactory rooms, int repeats, CancellationToken ct)
    {
        var times = Kinds.ToDictionary(kind => kind, _ => new List<double>(repeats));
        for (var done = 0; done < repeats;)
        {
            var room = new CaseId((await rooms.OpenAsync(Members, ct)).Case);
            var speaker = await SpeakerAsync(host, room, ct);
            for (var time = 0; time < TimesARoom && done < repeats; time++, done++)
            {
                // They take turns at going first.
                for (var turn = 0; turn < Kinds.Length; turn++)
                {
                    var kept = Kinds[(time + turn) % Kinds.Length];
                    times[kept].Add(await SayAsync(host, speaker, room, kept, ct));
                }
            }
        }

        return new(TrailBenchmark.Median(times[Kept.Nothing]), TrailBenchmark.Median(times[Kept.Words]), TrailBenchmark.Median(times[Kept.Event]));
    }

    private static async Task<double> SayAsync(BenchmarkHost host, Actor speaker, CaseId room, Kept kept, CancellationToken ct)
    {
        var command = new SayCommand(Guid.CreateVersion7(), Words.Text);
        var commands = host.Services.GetRequiredService<CommandRunner>();
        var clock = Stopwatch.StartNew();
        var result = await commands.RunAsync(speaker, room, command, (work, _, token) => HandleAsync(work, kept, token), ct);
        var elapsed = clock.Elapsed.TotalMilliseconds;
        return result.Refusal is { } refusal ? throw new InvalidOperationException($"Refused: {refusal.Code}") : elapsed;
    }

    private static async Task<Refusal?> HandleAsync(Work work, Kept kept, CancellationToken ct)
    {
        var id = kept == Kept.Event ? work.Append("message.said", RoomRules.TakesPartAs(work.File, work.Me), Words) : Guid.CreateVersion7(work.Now);
        if (kept == Kept.Words)
        {
            var body = work.Dossier.Key.Encrypt(JsonSerializer.SerializeToUtf8Bytes(Words, TrailJson.Options), id);
            await work.ExecuteAsync("trail/insert_body", new { EventId = id, CaseId = work.Case, Body = body }, ct);
        }

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

/// <summary>Medians of a transaction, in milliseconds.</summary>
/// <param name="Nothing">It keeps neither event nor words.</param>
/// <param name="Words">It keeps the words.</param>
/// <param name="Event">It keeps them in their event.</param>
internal sealed record AppendFigures(double Nothing, double Words, double Event);
