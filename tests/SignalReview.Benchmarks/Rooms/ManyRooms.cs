using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.Rooms;
using SignalReview.Web.Api;
using SignalReview.Web.Hubs;

namespace SignalReview.Benchmarks.Rooms;

/// <param name="Lost">Numbers that a client did not hear, and acknowledged ballots that are not there.</param>
/// <param name="Doubled">Numbers that a client heard twice, and ballots too many.</param>
/// <param name="Disordered">Numbers that came after a higher one.</param>
/// <param name="Events">Heard by all clients together.</param>
/// <param name="Seconds">From the first vote to the last reveal.</param>
internal sealed record ManyRoomsResult(int Lost, int Doubled, int Disordered, int Events, double Seconds);

/// <summary>Many rooms at once, each voting two rounds, and nothing lost, doubled or out of order in any client.</summary>
internal sealed class ManyRooms(ServerProcess server, TimeProvider time)
{
    private const int AtOnce = 32;

    public async Task<ManyRoomsResult> RunAsync(IReadOnlyList<BenchRoom> rooms, CancellationToken ct)
    {
        var members = new List<Member>();
        await using var lead = await OpenAsync(server.Ready.Facilitator, ct);
        try
        {
            foreach (var room in rooms)
            {
                foreach (var token in room.Tokens)
                {
                    members.Add(new(room.Case, await OpenAsync(token, ct)));
                }
            }

            await ForAllAsync(members, member => member.JoinAsync(ct), ct);
            var clock = Stopwatch.GetTimestamp();
            await ForAllAsync(members, member => member.VoteAsync(1, NewId(), ct), ct);
            await ForAllAsync(rooms, room => AgainAsync(lead, room.Case, ct), ct);
            await ForAllAsync(members, member => member.VoteAsync(2, NewId(), ct), ct);
            var seconds = Stopwatch.GetElapsedTime(clock).TotalSeconds;
            await ForAllAsync(members, member => member.SettleAsync(ct), ct);
            return new(members.Sum(m => m.Lost), members.Sum(m => m.Doubled), members.Sum(m => m.Disordered), members.Sum(m => m.Events), seconds);
        }
        finally
        {
            await ForAllAsync(members, member => member.Connection.DisposeAsync().AsTask(), CancellationToken.None);
        }
    }

    private static Task ForAllAsync<T>(IEnumerable<T> all, Func<T, Task> run, CancellationToken ct) =>
        Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (one, _) => await run(one));

    private async Task AgainAsync(HubConnection lead, Guid room, CancellationToken ct)
    {
        Done(await lead.InvokeAsync<HubAnswer>("SecondRound", room, new SecondRoundCommand(NewId()), ct));
        Done(await lead.InvokeAsync<HubAnswer>("OpenVote", room, new OpenVoteCommand(NewId()), ct));
    }

    private static void Done(HubAnswer answer)
    {
        if (answer.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"Refused: {refusal.Code}");
        }
    }

    private Guid NewId() => Guid.CreateVersion7(time.GetUtcNow());

    private async Task<HubConnection> OpenAsync(string token, CancellationToken ct)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(server.Ready.Address, HubSetup.Address), options => options.AccessTokenProvider = () => Task.FromResult<string?>(token))
            .AddJsonProtocol(options => ApiJson.ConfigureHub(options.PayloadSerializerOptions))
            .Build();
        await connection.StartAsync(ct);
        return connection;
    }

    private sealed class Member
    {
        private readonly ConcurrentQueue<long> heard = new();
        private readonly Guid room;
        private long joinedAt;

        public Member(Guid room, HubConnection connection)
        {
            this.room = room;
            Connection = connection;
            connection.On<JsonElement>("CaseChanged", changed => heard.Enqueue(changed.GetProperty("seq").GetInt64()));
        }

        public HubConnection Connection { get; }

        public int Lost { get; private set; }

        public int Doubled { get; private set; }

        public int Disordered { get; private set; }

        public int Events => heard.Count;

        public async Task JoinAsync(CancellationToken ct)
        {
            var joined = await Connection.InvokeAsync<JsonElement>("Join", room, 0L, ct);
            joinedAt = joined.GetProperty("seq").GetInt64();
        }

        public async Task VoteAsync(int round, Guid id, CancellationToken ct) => Done(await Connection.InvokeAsync<HubAnswer>(
            "CastVote", room, new CastVoteCommand(id, round, VoteOption.Talk, 5, 60, "Omdat we het kunnen vragen.", round > 1 ? "Niets." : null), ct));

        /// <summary>Waits until the last news has come, and holds what was heard against what is.</summary>
        public async Task SettleAsync(CancellationToken ct)
        {
            var (last, ballots) = await LookAsync(ct);
            for (var tries = 0; tries < 100 && (heard.IsEmpty || heard.Max() < last); tries++)
            {
                await Task.Delay(50, ct);
            }

            // Joining a room is news too: what came before this member's own join is not asked of it.
            var numbers = heard.Where(seq => seq > joinedAt).ToList();
            Lost = (int)(last - joinedAt) - numbers.Distinct().Count() + Math.Max(0, (RoomOptions.Members * 2) - ballots);
            Doubled = numbers.Count - numbers.Distinct().Count() + Math.Max(0, ballots - (RoomOptions.Members * 2));
            Disordered = numbers.Zip(numbers.Skip(1)).Count(pair => pair.Second < pair.First);
        }

        private async Task<(long Seq, int Ballots)> LookAsync(CancellationToken ct)
        {
            var joined = await Connection.InvokeAsync<JsonElement>("Join", room, 0L, ct);
            var rounds = joined.GetProperty("view").GetProperty("room").GetProperty("rounds").EnumerateArray();
            return (joined.GetProperty("seq").GetInt64(), rounds.Sum(round => round.GetProperty("votes").GetArrayLength()));
        }
    }
}
