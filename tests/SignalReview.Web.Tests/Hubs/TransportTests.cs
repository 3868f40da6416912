using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Hubs;

/// <summary>The room over each transport that a network may leave: WebSockets, Server-Sent Events and long polling.</summary>
internal sealed class TransportTests
{
    private WebHost host;
    private Doors doors;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [SetUp]
    public void Enter() => doors = new Doors(host);

    [TearDown]
    public async Task LeaveAsync() => await doors.DisposeAsync();

    [Test]
    public async Task People_join_talk_vote_lose_their_line_and_come_back(
        [Values(HttpTransportType.WebSockets, HttpTransportType.ServerSentEvents, HttpTransportType.LongPolling)] HttpTransportType transport)
    {
        var readers = await doors.ToVoteAsync();
        var lead = await doors.ListenAsync("w12");
        await lead.JoinAsync(doors.Case);
        await using var owner = await OpenAsync("w2", transport);
        await using var reader = await OpenAsync(readers[0], transport);
        await owner.JoinAsync(doors.Case);
        var joined = await reader.JoinAsync(doors.Case);
        await owner.HearAsync("PresenceChanged", p => p["present"]!.AsArray().Count == 3);

        await owner.CallAsync("Say", doors.Case, new { commandId = Doors.NewId(), text = "Wat zie jij?" });
        await reader.HearAsync("MessageSaid", m => m["message"]!["text"]!.GetValue<string>() == "Wat zie jij?");
        var command = new { commandId = Doors.NewId(), round = 1, option = "talk", concern = 5, confidence = 60, reason = "Vragen kan." };
        var cast = await owner.CallAsync("CastVote", doors.Case, command);
        await reader.HearAsync("CaseChanged", e => e["votesIn"]!.GetValue<int>() == 1);

        await owner.StopAsync();
        await lead.HearAsync("PresenceChanged", p => p["present"]!.AsArray().Count == 2 && p["away"]!.AsArray().Count == 1);
        await doors.GiveAsync(readers[0], "say", new { text = "Terwijl je weg was" });
        await using var back = await OpenAsync("w2", transport);
        var answer = await back.JoinAsync(doors.Case, cast["seq"]!.GetValue<long>());
        var again = await back.CallAsync("CastVote", doors.Case, command);

        Assert.Multiple(() =>
        {
            Assert.That(joined["refusal"], Is.Null);
            Assert.That(answer["view"]!["room"]!["ballot"]!["mine"]!["reason"]!.GetValue<string>(), Is.EqualTo("Vragen kan."), "a lost line takes no ballot away");
            Assert.That(answer["view"]!["room"]!["ballot"]!["in"]!.GetValue<int>(), Is.EqualTo(1));
            Assert.That(answer["missed"]!.AsArray().SelectMany(m => m!["types"]!.AsArray()).Select(t => t!.GetValue<string>()), Does.Contain("message.said"));
            Assert.That(again["seq"]!.GetValue<long>(), Is.EqualTo(cast["seq"]!.GetValue<long>()), "the same command is done once");
        });
    }

    private async Task<RoomListener> OpenAsync(string person, HttpTransportType transport)
    {
        var token = await host.TokenAsync(person);
        return await RoomListener.StartAsync(
            new HubConnectionBuilder().WithUrl(new Uri(host.Address, "/hubs/room"), transport, options => options.AccessTokenProvider = () => Task.FromResult<string?>(token)).Build(),
            person);
    }
}
