using System.CommandLine;

namespace SignalReview.Cli;

/// <summary><c>--url</c>: which server a command talks to.</summary>
internal static class ServerOption
{
    public static Option<Uri> Create() => new("--url")
    {
        Description = "The server",
        DefaultValueFactory = _ => new("http://127.0.0.1:5080"),
        CustomParser = given =>
        {
            if (Uri.TryCreate(given.Tokens[0].Value, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https"))
            {
                return address;
            }

            given.AddError($"'{given.Tokens[0].Value}' is no address such as http://127.0.0.1:5080.");
            return null;
        },
    };
}
