using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Hosting;

internal sealed class ErrorPagesTests
{
    private const string Secret = "what somebody wrote";
    private const int SqliteBusy = 5;

    private readonly Faults faults = new();
    private WebHost host;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start(services => services.AddTransient<IClaimsTransformation, Breaks>().AddSingleton<ILoggerProvider>(faults));

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task A_person_gets_a_page_that_says_what_now([Values("GET", "POST")] string method)
    {
        using var client = await host.ClientAsync("w1");
        using var request = new HttpRequestMessage(new HttpMethod(method), "/breaks");
        using var response = await client.SendAsync(request);
        var page = await response.Content.ReadAsStringAsync();

        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
            Assert.That(page, Does.Contain("Er ging iets mis bij ons").And.Contain("Kenmerk:"));
            Assert.That(page, Does.Not.Contain(Secret));
        });
    }

    [Test]
    public async Task A_program_gets_problem_details_with_a_stable_type()
    {
        using var client = await host.ClientAsync("w1");
        using var response = await client.GetAsync("/api/breaks");
        var problem = await response.Content.ReadFromJsonAsync<JsonObject>();

        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
            Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
            Assert.That((string?)problem?["type"], Is.EqualTo("https://signalreview.example/problems/unexpected"));
            Assert.That((string?)problem?["code"], Is.EqualTo("unexpected"));
            Assert.That((string?)problem?["next"], Is.Not.Empty);
            Assert.That(problem?.ToJsonString(), Does.Not.Contain(Secret));
        });
    }

    [Test]
    public async Task A_database_that_stays_busy_is_no_bug_and_may_be_tried_again()
    {
        using var client = await host.ClientAsync("w1");
        using var program = await client.GetAsync("/api/busy/breaks");
        using var person = await client.GetAsync("/busy/breaks");
        var page = await person.Content.ReadAsStringAsync();

        Assert.Multiple(async () =>
        {
            Assert.That(program.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(program.Headers.RetryAfter, Is.Not.Null);
            Assert.That((string?)(await program.Content.ReadFromJsonAsync<JsonObject>())?["code"], Is.EqualTo("busy"));
            Assert.That(person.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(person.Headers.RetryAfter, Is.Not.Null);
            Assert.That(page, Does.Contain("Probeer het opnieuw").And.Contain("href=\"/busy/breaks\"").And.Not.Contain("Er ging iets mis"));
        });
    }

    [TestCase("/breaks", HttpStatusCode.InternalServerError, 1, TestName = "Our_own_fault_is_logged_once")]
    [TestCase("/api/breaks", HttpStatusCode.InternalServerError, 1, TestName = "Our_own_fault_is_logged_once_for_a_program")]
    [TestCase("/wrong/breaks", HttpStatusCode.BadRequest, 0, TestName = "A_wrong_request_is_no_fault_of_ours")]
    [TestCase("/api/wrong/breaks", HttpStatusCode.BadRequest, 0, TestName = "A_wrong_request_of_a_program_is_no_fault_of_ours")]
    public async Task Faults_are_logged_once_and_wrong_requests_not(string path, HttpStatusCode status, int times)
    {
        using var client = await host.ClientAsync("w1");
        faults.Logged.Clear();
        using var response = await client.GetAsync(path);

        Assert.That(response.StatusCode, Is.EqualTo(status));
        Assert.That(faults.Logged, Has.Exactly(times).Items);
    }

    [Test]
    public async Task A_form_that_expired_says_so_in_the_language_of_the_page([Values("nl", "en")] string language)
    {
        using var worker = await PlainBrowser.SignInAsync(host, "w1");
        var form = await worker.OpenAsync($"/signals/new?culture={language}");
        var answer = await worker.SendAsync(form, "start", new() { ["urgency"] = "days", ["__RequestVerificationToken"] = "of another day" });

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(answer.Text, Does.Contain(language == "nl" ? "Dit formulier is verlopen" : "This form has expired"));
            Assert.That(answer.Text, Does.Not.Contain("antiforgery").IgnoreCase);
            Assert.That(answer.Html, Does.Contain("href=\"/signals/new?culture=").And.Not.Contain("/error/"));
        });
    }

    [Test]
    public async Task A_form_that_is_too_large_says_so_and_not_that_it_expired()
    {
        using var client = await host.ClientAsync("w1");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/signals/new");
        request.Content = new StringContent(new string('x', 13 * 1024 * 1024), Encoding.ASCII, "application/x-www-form-urlencoded");
        request.Headers.ExpectContinue = true; // the answer comes before all of it was sent
        using var response = await client.SendAsync(request);
        var page = await response.Content.ReadAsStringAsync();

        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
            Assert.That(page, Does.Contain("Dit bestand is te groot").And.Not.Contain("verlopen"));
        });
    }

    [Test]
    public async Task The_error_pages_have_no_address_of_their_own()
    {
        using var client = host.Client();
        using var response = await client.GetAsync("/error/500");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    // Something deep inside a request that goes wrong.
    private sealed class Breaks(IHttpContextAccessor http) : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
            => http.HttpContext!.Request.Path.Value!.EndsWith("/breaks", StringComparison.Ordinal)
                ? throw (http.HttpContext.Request.Path.Value!.Contains("/busy/", StringComparison.Ordinal)
                    ? (Exception)new SqliteException("database is locked", SqliteBusy)
                    : http.HttpContext.Request.Path.Value!.Contains("/wrong/", StringComparison.Ordinal) ? new BadHttpRequestException("This is no request.")
                    : new InvalidOperationException(Secret))
                : Task.FromResult(principal);
    }

    /// <summary>What is logged as an error or worse.</summary>
    private sealed class Faults : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Logged { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull =>
            null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Logged.Enqueue(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}
