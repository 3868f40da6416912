using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SignalReview.People;
using SignalReview.Web.SignIn;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Hubs;

/// <summary>Whose access ends, hears so and is cut off, whatever it ended by.</summary>
internal sealed class RoomAccessTests
{
    private WebHost host;
    private Doors doors;

    [SetUp]
    public void Start()
    {
        host = WebHost.Start();
        doors = new(host);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await doors.DisposeAsync();
        await host.DisposeAsync();
    }

    [Test]
    public async Task Who_is_replaced_is_cut_off_when_they_follow_nothing_else()
    {
        var readers = await doors.ToInterpretingAsync();
        var leaving = await JoinedAsync(readers[0]);
        var staying = await JoinedAsync(readers[1]);
        await doors.GiveAsync("w12", "replace-reader", new { reader = Doors.IdOf(readers[0]), replacement = (Guid?)null, reason = "Ziek." });

        await leaving.HearAsync("AccessEnded");
        await leaving.Closed;
        Assert.That(staying.Of("AccessEnded"), Is.Empty);
        await staying.CallAsync("Join", doors.Case, 0L);
    }

    [Test]
    public async Task Who_follows_another_case_too_goes_on_with_that_one()
    {
        var readers = await doors.ToInterpretingAsync();
        var first = doors.Case;
        await doors.ToInterpretingAsync();
        var asked = await doors.ReadersAsync();
        if (!asked.Contains(readers[0]))
        {
            await doors.GiveAsync("w12", "replace-reader", new { reader = Doors.IdOf(asked[0]), replacement = Doors.IdOf(readers[0]), reason = "Kent de groep." });
        }

        var both = await doors.ListenAsync(readers[0]);
        await both.JoinAsync(first);
        await both.JoinAsync(doors.Case);
        await doors.DoAsync("w12", $"/api/v1/cases/{first}/replace-reader", new { reader = Doors.IdOf(readers[0]), replacement = (Guid?)null, reason = "Ziek." });
        await both.HearAsync("AccessEnded", e => e["caseId"]!.GetValue<Guid>() == first);
        await doors.GiveAsync("w2", "add-to-signal", new { text = "Nog iets." });
        await both.HearAsync("CaseChanged", e => e["caseId"]!.GetValue<Guid>() == doors.Case);
    }

    [Test]
    public async Task Who_declines_is_cut_off()
    {
        await doors.SubmitAsync();
        var reader = (await doors.ReadersAsync())[0];
        var listener = await JoinedAsync(reader);
        await doors.GiveAsync(reader, "decline-invitation", new { conflictOfInterest = false, reason = "Geen tijd." });

        await listener.HearAsync("AccessEnded");
        await listener.Closed;
    }

    [Test]
    public async Task A_case_that_is_withdrawn_ends_for_those_in_its_room()
    {
        var readers = await doors.ToRoomAsync();
        var listener = await JoinedAsync(readers[0]);
        await doors.GiveAsync("w2", "withdraw-case", new { reason = "Dubbel." });

        await listener.HearAsync("AccessEnded");
        await listener.Closed;
    }

    [Test]
    public async Task A_case_that_is_stopped_ends_for_those_in_its_room()
    {
        var readers = await doors.ToRoomAsync();
        var listener = await JoinedAsync(readers[0]);
        await doors.GiveAsync("w11", "stop-case", new { reason = "Zonder grondslag opgenomen." });

        await listener.HearAsync("AccessEnded");
        await listener.Closed;
    }

    [Test]
    public async Task Who_handed_the_lead_over_is_cut_off_and_who_leads_now_goes_on()
    {
        var readers = await doors.ToRoomAsync();
        var next = new[] { "w1", "w3", "w4", "w6", "w8" }.First(person => !readers.Contains(person));
        await doors.GiveAsync("w12", "appoint-co-facilitator", new { coFacilitator = Doors.IdOf(next), reason = "Leidt mee." });
        var before = await JoinedAsync("w12");
        var after = await JoinedAsync(next);
        await doors.GiveAsync("w12", "appoint-facilitator", new { facilitator = Doors.IdOf(next), reason = "Ik moet weg." });

        await before.HearAsync("AccessEnded");
        await before.Closed;
        Assert.That(after.Of("AccessEnded"), Is.Empty);
        await doors.GiveAsync(next, "open-vote");
        await after.HearAsync("CaseChanged", e => e["types"]!.AsArray().Any(type => type!.GetValue<string>() == "vote.opened"));
    }

    [Test]
    public async Task Who_does_not_work_here_any_more_is_cut_off_without_a_command()
    {
        var readers = await doors.ToRoomAsync();
        var leaving = await JoinedAsync(readers[0]);
        var owner = await JoinedAsync("w2");
        await LeaveAsync(readers[0]);

        await leaving.HearAsync("AccessEnded");
        await leaving.Closed;
        await owner.HearAsync("PresenceChanged", p => p["present"]!.AsArray().Count == 1);
        Assert.That(owner.Of("AccessEnded"), Is.Empty);
    }

    [Test]
    public async Task Who_signs_out_is_gone_for_the_others_at_once()
    {
        var readers = await doors.ToRoomAsync();
        using var browser = await PlainBrowser.SignInAsync(host, "w2");
        await using var window = await OpenAsync(browser.Cookies, "w2");
        await window.JoinAsync(doors.Case);
        var reader = await JoinedAsync(readers[0]);
        await reader.HearAsync("PresenceChanged", p => p["present"]!.AsArray().Count == 2);
        await browser.SignOutAsync();

        var told = await reader.HearAsync("PresenceChanged", p => p["present"]!.AsArray().Count == 1);
        Assert.That(told["away"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Signing_out_ends_every_window_of_that_browser_and_no_other()
    {
        await doors.ToRoomAsync();
        using var browser = await PlainBrowser.SignInAsync(host, "w2");
        using var phone = await PlainBrowser.SignInAsync(host, "w2");
        await using var first = await OpenAsync(browser.Cookies, "w2");
        await using var second = await OpenAsync(browser.Cookies, "w2");
        await using var other = await OpenAsync(phone.Cookies, "w2");
        await first.JoinAsync(doors.Case);
        await second.JoinAsync(doors.Case);
        await other.JoinAsync(doors.Case);
        await browser.SignOutAsync();

        await first.HearAsync("AccessEnded");
        await second.HearAsync("AccessEnded");
        await Task.WhenAll(first.Closed, second.Closed);
        await other.CallAsync("Typing", doors.Case);
        Assert.That(other.Of("AccessEnded"), Is.Empty);
    }

    [Test]
    public async Task A_token_that_runs_out_ends_the_connection([Values] bool joined)
    {
        await doors.ToRoomAsync();
        var demo = host.Services.GetRequiredService<DemoSignIn>();
        var person = await demo.FindAsync("w2", CancellationToken.None);
        var (token, expires) = demo.Token(person!, TimeSpan.FromSeconds(3));
        await using var listener = await RoomListener.StartAsync(
            new HubConnectionBuilder().WithUrl(new Uri(host.Address, "/hubs/room"), options => options.AccessTokenProvider = () => Task.FromResult<string?>(token)).Build(), "w2");
        if (joined)
        {
            await listener.JoinAsync(doors.Case);
        }

        await listener.Closed;
        Assert.That(TimeProvider.System.GetUtcNow(), Is.GreaterThan(expires.AddSeconds(-1)), "not before its time; a token counts in whole seconds");
    }

    [Test]
    public async Task A_sign_in_that_runs_out_ends_the_connection()
    {
        await doors.ToRoomAsync();
        var demo = host.Services.GetRequiredService<DemoSignIn>();
        var person = await demo.FindAsync("w2", CancellationToken.None);
        var options = host.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(SignInRegistration.CookieScheme);
        var now = TimeProvider.System.GetUtcNow();
        var ticket = new AuthenticationTicket(
            demo.Principal(person!, SignInRegistration.CookieScheme),
            new() { IssuedUtc = now, ExpiresUtc = now.AddSeconds(3), AllowRefresh = false },
            SignInRegistration.CookieScheme);
        var cookies = new CookieContainer();
        cookies.Add(host.Address, new Cookie(options.Cookie.Name!, options.TicketDataFormat.Protect(ticket)));
        await using var listener = await OpenAsync(cookies, "w2");
        await listener.JoinAsync(doors.Case);

        await listener.Closed;
        Assert.That(TimeProvider.System.GetUtcNow(), Is.GreaterThan(now.AddSeconds(2)), "a ticket counts in whole seconds");
    }

    private async Task<RoomListener> JoinedAsync(string person)
    {
        var listener = await doors.ListenAsync(person);
        await listener.JoinAsync(doors.Case);
        return listener;
    }

    private Task<RoomListener> OpenAsync(CookieContainer cookies, string person) => RoomListener.StartAsync(
        new HubConnectionBuilder().WithUrl(new Uri(host.Address, "/hubs/room"), options => options.Cookies = cookies).Build(), person);

    /// <summary>As when the administration takes somebody off the list.</summary>
    private async Task LeaveAsync(string person)
    {
        var id = Doors.IdOf(person).ToString("D");
        await using (var connection = new SqliteConnection($"Data Source={host.Services.GetRequiredService<Storage.DataFolder>().DatabaseFile};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE people SET active = 0 WHERE person_id = @id";
            command.Parameters.AddWithValue("@id", id);
            Assert.That(await command.ExecuteNonQueryAsync(), Is.EqualTo(1));
        }

        await host.Services.GetRequiredService<PeopleDirectory>().RefreshAsync(CancellationToken.None);
    }
}
