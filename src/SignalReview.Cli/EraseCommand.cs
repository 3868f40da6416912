using System.CommandLine;
using System.Text;
using System.Text.Json;
using SignalReview.Privacy.Erasure;
using SignalReview.Storage;
using SignalReview.Trail;

namespace SignalReview.Cli;

/// <summary>
/// <c>signalreview erase …</c>: the steps of an erasure by the server's API. Who acts is whoever the token is of, so one person never does the part of two; a
/// command on the data folder could not tell persons apart, which is why there is none. Exit code 0 = done, 1 = refused.
/// </summary>
internal static class EraseCommand
{
    public static Command Create() => new("erase", "Requests, checks, approves and carries out the erasure of a case, and gives its certificate")
    {
        List(), Show(), Request(), Check(), Approve(), Decline(), Execute(), Certificate(), Verify(),
    };

    private static Command List()
    {
        var command = new Command("list", "Requests and what came of them");
        return Calls(command, (_, door, ct) => door.GetAsync("api/v1/privacy/erasures?pageSize=100", ct));
    }

    private static Command Show()
    {
        var @case = Case();
        return Calls(new Command("show", "The holds and erasures of one case") { @case }, (parsed, door, ct) => door.GetAsync($"api/v1/privacy/cases/{parsed.GetRequiredValue(@case)}", ct));
    }

    private static Command Request()
    {
        var @case = Case();
        var ground = Choice<ErasureGround>("--ground", "On which ground", ErasureGround.RetentionOver);
        var askedBy = Choice<ErasureAskedBy>("--asked-by", "Who wants it", ErasureAskedBy.Rule);
        var explanation = new Option<string>("--explanation") { Description = "What was asked, without names; erased with the rest", Required = true };
        return Calls(
            new Command("request", "Takes a request in; by the privacy officer") { @case, ground, askedBy, explanation },
            (parsed, door, ct) => door.PostAsync(
                parsed.GetRequiredValue(@case),
                "request-erasure",
                new { ground = parsed.GetRequiredValue(ground), askedBy = parsed.GetRequiredValue(askedBy), explanation = parsed.GetRequiredValue(explanation) },
                ct));
    }

    private static Command Check()
    {
        var (@case, erasure) = (Case(), Erasure());
        var interests = new Option<string[]>("--interest")
        {
            Description = "Three times: reportingCode, otherSubject and claim, each as NAME=absent, NAME=yields:WHY or NAME=prevails:WHY",
            AllowMultipleArgumentsPerToken = true,
            Required = true,
        };
        return Calls(
            new Command("check", "Records what was weighed; by the privacy officer") { @case, erasure, interests },
            (parsed, door, ct) => door.PostAsync(
                parsed.GetRequiredValue(@case),
                "check-erasure",
                new { erasure = parsed.GetRequiredValue(erasure), interests = parsed.GetRequiredValue(interests).Select(Interest).ToList() },
                ct));
    }

    private static Command Approve() => Step("approve", "Agrees as the second person", "approve-erasure");

    private static Command Execute() => Step("execute", "Erases what was approved; there is no way back", "erase-case");

    private static Command Decline()
    {
        var (@case, erasure) = (Case(), Erasure());
        var reason = new Option<string>("--reason") { Description = "Why not", Required = true };
        return Calls(
            new Command("decline", "Says that it will not be done") { @case, erasure, reason },
            (parsed, door, ct) => door.PostAsync(
                parsed.GetRequiredValue(@case), "decline-erasure", new { erasure = parsed.GetRequiredValue(erasure), reason = parsed.GetRequiredValue(reason) }, ct));
    }

    private static Command Certificate()
    {
        var erasure = Erasure();
        return Calls(
            new Command("certificate", "Prints the signed certificate as JSON") { erasure },
            (parsed, door, ct) => door.GetAsync($"api/v1/privacy/erasures/{parsed.GetRequiredValue(erasure)}/certificate", ct));
    }

    private static Command Verify()
    {
        var file = new Argument<FileInfo>("CERTIFICATE") { Description = "The JSON file" };
        var vkey = new Option<FileInfo>("--vkey") { Description = "File with the organisation's public key", Required = true };
        var command = new Command("verify", "Judges a certificate offline") { file, vkey };
        command.SetAction(async (parsed, ct) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            try
            {
                var key = VerifierKey.Parse(await File.ReadAllTextAsync(parsed.GetRequiredValue(vkey).FullName, ct));
                var certificate = ErasureCertificateFile.Read(await File.ReadAllBytesAsync(parsed.GetRequiredValue(file).FullName, ct));
                var verdict = certificate is null ? CertificateVerdict.Unreadable : ErasureCertificate.Verify(certificate, key);
                await output.WriteLineAsync(Enums.Text(verdict));
                return verdict switch
                {
                    CertificateVerdict.Valid => ExitCodes.Ok,
                    CertificateVerdict.Unreadable => ExitCodes.Usage,
                    CertificateVerdict.NotSigned or CertificateVerdict.Changed or CertificateVerdict.NotInTree => ExitCodes.Failed,
                };
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(e.Message);
                return ExitCodes.Usage;
            }
        });
        return command;
    }

    private static Command Step(string name, string description, string route)
    {
        var (@case, erasure) = (Case(), Erasure());
        return Calls(
            new Command(name, description) { @case, erasure },
            (parsed, door, ct) => door.PostAsync(parsed.GetRequiredValue(@case), route, new { erasure = parsed.GetRequiredValue(erasure) }, ct));
    }

    private static Argument<Guid> Case() => new("CASE") { Description = "The case's id" };

    private static Argument<Guid> Erasure() => new("ERASURE") { Description = "The erasure's id, as request answers it under \"created\"" };

    private static Option<string> Choice<T>(string name, string description, T except)
        where T : struct, Enum
    {
        var option = new Option<string>(name) { Description = description, Required = true };
        option.AcceptOnlyFromAmong([.. Enum.GetValues<T>().Where(v => !v.Equals(except)).Select(Enums.Text)]);
        return option;
    }

    private static object Interest(string given)
    {
        var (name, rest) = Split(given, '=');
        var (outcome, reasoning) = Split(rest ?? "", ':');
        return new { interest = name, outcome, reasoning };
    }

    private static (string Name, string? Value) Split(string text, char at) =>
        text.IndexOf(at, StringComparison.Ordinal) is var place and >= 0 ? (text[..place], text[(place + 1)..]) : (text, null);

    private static Command Calls(Command command, Func<ParseResult, ApiDoor, CancellationToken, Task<(bool Done, JsonElement Answer)>> call)
    {
        var url = ServerOption.Create();
        var token = new Option<FileInfo?>("--token-file") { Description = "File with your access token; or set SIGNALREVIEW_TOKEN" };
        var person = new Option<string?>("--as") { Description = "In the demo only: act as this person, such as w11" };
        var language = new Option<string>("--lang") { Description = "nl | en", DefaultValueFactory = _ => "nl" };
        language.AcceptOnlyFromAmong("nl", "en");
        foreach (var option in (Option[])[url, token, person, language])
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, ct) =>
        {
            using var door = new ApiDoor(parsed.GetRequiredValue(url), parsed.GetRequiredValue(language), TimeProvider.System);
            try
            {
                await door.SignInAsync(parsed.GetValue(token), parsed.GetValue(person), ct);
                var (done, answer) = await call(parsed, door, ct);
                await parsed.InvocationConfiguration.Output.WriteLineAsync(done ? ApiDoor.Pretty(answer) : ApiDoor.Refusal(answer));
                return done ? ExitCodes.Ok : ExitCodes.Failed;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException or InvalidOperationException or JsonException)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(e.Message);
                return ExitCodes.Usage;
            }
        });
        return command;
    }
}
