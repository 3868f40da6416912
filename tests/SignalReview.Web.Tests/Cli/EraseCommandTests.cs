using System.CommandLine;
using System.Text.Json;
using SignalReview.Cli;
using SignalReview.Web.Tests.Pages.Cases;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Cli;

/// <summary><c>signalreview erase</c> against a running host: by two people, from the request to a certificate that is judged without the host.</summary>
internal sealed class EraseCommandTests
{
    private const string Officer = CaseWalk.PrivacyOfficer;

    private WebHost host;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task Two_people_erase_a_case_and_its_certificate_verifies_offline()
    {
        var walk = await CaseWalk.FollowingUpAsync(host);
        await walk.CloseAsync();
        var @case = walk.Case.ToString();

        var request = await RequestAsync(@case);
        var erasure = Created(request.Output);
        Assert.That((await CheckAsync(@case, erasure, "reportingCode=absent", "otherSubject=yields:Zij is volwassen.", "claim=absent")).Code, Is.Zero);
        var alone = await RunAsync("approve", @case, erasure, "--as", Officer);
        Assert.That(alone.Code, Is.EqualTo(1), "the second person is another one");
        Assert.That(alone.Output, Is.Not.Empty);
        var early = await RunAsync("execute", @case, erasure, "--as", Officer);
        Assert.That(early.Code, Is.EqualTo(1), "nobody has agreed yet");
        Assert.That((await RunAsync("approve", @case, erasure, "--as", CaseWalk.Coordinator)).Code, Is.Zero);
        var done = await RunAsync("execute", @case, erasure, "--as", Officer);
        Assert.That(done.Code, Is.Zero, done.Output + done.Errors);

        var certificate = await RunAsync("certificate", erasure, "--as", Officer);
        Assert.That(certificate.Code, Is.Zero, certificate.Output + certificate.Errors);
        var (file, vkey) = (Path.Combine(host.DataFolder, $"{erasure}.json"), Path.Combine(host.DataFolder, "organisation.vkey"));
        await File.WriteAllTextAsync(file, certificate.Output);
        using (var auditor = await host.ClientAsync("w10"))
        {
            await File.WriteAllTextAsync(vkey, await auditor.GetStringAsync("/api/v1/trail/vkey"));
        }

        var verdict = await OfflineAsync(file, vkey);
        Assert.That((verdict.Code, verdict.Output.Trim()), Is.EqualTo((0, "valid")), verdict.Errors);
        await File.WriteAllTextAsync(file, certificate.Output.Replace(@case, Guid.NewGuid().ToString(), StringComparison.Ordinal));
        verdict = await OfflineAsync(file, vkey);
        Assert.That((verdict.Code, verdict.Output.Trim()), Is.EqualTo((1, "changed")), verdict.Errors);
        await File.WriteAllTextAsync(file, "{");
        Assert.That((await OfflineAsync(file, vkey)).Code, Is.EqualTo(2));
        Assert.That((await RunAsync("show", @case, "--as", Officer)).Output, Does.Contain(erasure).And.Not.Contain("Zij wil het weg."));
    }

    [Test]
    public async Task A_request_that_is_declined_erases_nothing()
    {
        var walk = await CaseWalk.FollowingUpAsync(host);
        await walk.CloseAsync();
        var @case = walk.Case.ToString();
        var erasure = Created((await RequestAsync(@case)).Output);

        var declined = await RunAsync("decline", @case, erasure, "--reason", "Er loopt een klacht.", "--as", Officer);

        Assert.That(declined.Code, Is.Zero, declined.Output + declined.Errors);
        Assert.That((await RunAsync("execute", @case, erasure, "--as", Officer)).Code, Is.EqualTo(1));
        Assert.That((await RunAsync("list", "--as", Officer)).Output, Does.Contain(erasure).And.Contain("declined"));
        using var owner = await FormSurfer.AsAsync(host, CaseWalk.Owner);
        Assert.That((await owner.OpenAsync($"/cases/{@case}")).Text, Does.Not.Contain("gewist"));
    }

    [Test]
    public async Task What_was_not_weighed_is_named_in_the_language_of_who_asks()
    {
        var walk = await CaseWalk.FollowingUpAsync(host);
        await walk.CloseAsync();
        var erasure = Created((await RequestAsync(walk.Case.ToString())).Output);

        var dutch = await CheckAsync(walk.Case.ToString(), erasure, "reportingCode=prevails");
        var english = await CheckAsync(walk.Case.ToString(), erasure, "reportingCode=prevails", "--lang", "en");

        Assert.That((dutch.Code, english.Code), Is.EqualTo((1, 1)));
        Assert.That(dutch.Output, Does.Contain("interests").And.Not.EqualTo(english.Output));
    }

    [Test]
    public async Task Somebody_without_the_role_a_stranger_and_a_server_that_is_not_there_are_told_apart()
    {
        var walk = await CaseWalk.FollowingUpAsync(host);
        var @case = walk.Case.ToString();

        var worker = await RequestAsync(@case, CaseWalk.Owner);
        var stranger = await RunAsync("list", "--as", "nobody");
        var nowhere = await RunAtAsync(new("http://127.0.0.1:9"), "list", "--as", Officer);

        Assert.That(worker.Code, Is.EqualTo(1));
        Assert.That(worker.Output, Is.Not.Empty);
        Assert.That((stranger.Code, nowhere.Code), Is.EqualTo((2, 2)));
        Assert.That(stranger.Errors, Does.Contain("demo"));
        Assert.That(nowhere.Errors, Does.Contain("127.0.0.1:9"));
    }

    private Task<(int Code, string Output, string Errors)> RequestAsync(string @case, string by = Officer) => RunAsync(
        "request", @case, "--ground", "consentWithdrawn", "--asked-by", "subject", "--explanation", "Zij wil het weg.", "--as", by);

    private Task<(int Code, string Output, string Errors)> CheckAsync(string @case, string erasure, params string[] interests) =>
        RunAsync(["check", @case, erasure, "--as", Officer, "--interest", .. interests]);

    private static Task<(int Code, string Output, string Errors)> OfflineAsync(string file, string vkey) => InvokeAsync(["verify", file, "--vkey", vkey]);

    private Task<(int Code, string Output, string Errors)> RunAsync(params string[] args) => RunAtAsync(host.Address, args);

    private static Task<(int Code, string Output, string Errors)> RunAtAsync(Uri server, params string[] args) =>
        InvokeAsync([.. args, "--url", server.ToString()]);

    private static async Task<(int Code, string Output, string Errors)> InvokeAsync(string[] args)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var code = await EraseCommand.Create().Parse(args).InvokeAsync(new() { Output = output, Error = errors });
        return (code, output.ToString(), errors.ToString());
    }

    private static string Created(string answer)
    {
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.GetProperty("created").GetGuid().ToString();
    }
}
