using System.Net;
using System.Text.RegularExpressions;

namespace SignalReview.Web.Tests.Support;

/// <summary>
/// A browser without scripts: it keeps cookies, follows redirects after a form, and sends what the form on the page holds.
/// <code>
/// using var samira = await PlainBrowser.SignInAsync(host, "w1");
/// var page = await samira.OpenAsync("/signals/new");
/// page = await samira.SendAsync(page, "start", new() { ["urgency"] = "days" });
/// </code>
/// </summary>
internal sealed class PlainBrowser : IDisposable
{
    private readonly HttpClient client;

    private PlainBrowser(WebHost host) =>
        client = new(new SocketsHttpHandler { AllowAutoRedirect = true, CookieContainer = Cookies }) { BaseAddress = host.Address };

    public CookieContainer Cookies { get; } = new();

    public static async Task<PlainBrowser> SignInAsync(WebHost host, string person)
    {
        var browser = new PlainBrowser(host);
        var page = await browser.OpenAsync("/sign-in");
        await browser.SendAsync(page, "sign-in", new() { ["Person"] = person });
        return browser;
    }

    public async Task<PlainPage> OpenAsync(string path)
    {
        using var response = await client.GetAsync(path);
        return await PlainPage.ReadAsync(response);
    }

    /// <param name="page">The page with the form.</param>
    /// <param name="form">The form's name.</param>
    /// <param name="fields">What is filled in or pressed; an empty value empties the field.</param>
    public async Task<PlainPage> SendAsync(PlainPage page, string form, Dictionary<string, string>? fields = null)
    {
        var sent = page.Fields(form).Where(field => fields?.ContainsKey(field.Key) != true)
            .Concat((fields ?? []).Where(field => field.Value.Length > 0));
        return await PostAsync(page.Address, sent);
    }

    /// <summary>As <see cref="SendAsync"/>, for a form that sends a file.</summary>
    public async Task<PlainPage> SendFileAsync(PlainPage page, string form, Dictionary<string, string> fields, string name, byte[] file)
    {
        using var content = new MultipartFormDataContent();
        foreach (var (key, value) in page.Fields(form).Where(field => field.Key != name && !fields.ContainsKey(field.Key)).Concat(fields))
        {
            content.Add(new StringContent(value), key);
        }

        content.Add(new ByteArrayContent(file), name, "image.png");
        using var response = await client.PostAsync(page.Address, content);
        return await PlainPage.ReadAsync(response);
    }

    /// <summary>Posts exactly this, whatever form there is.</summary>
    public async Task<PlainPage> PostAsync(Uri address, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        using var response = await client.PostAsync(address, content);
        return await PlainPage.ReadAsync(response);
    }

    public async Task SignOutAsync()
    {
        var page = await OpenAsync("/about");
        var left = await PostAsync(new Uri(page.Address, "/sign-out"), page.FieldsOf("/sign-out"));
        Assert.That(left.Path, Is.EqualTo("/sign-in"));
    }

    public void Dispose() => client.Dispose();
}

/// <summary>A page as it came, with the fields of its forms.</summary>
internal sealed partial record PlainPage(Uri Address, HttpStatusCode Status, string Html)
{
    public string Path => Address.AbsolutePath;

    /// <summary>What a reader sees, entities and all.</summary>
    public string Text => WebUtility.HtmlDecode(Tag().Replace(Html, " "));

    public static async Task<PlainPage> ReadAsync(HttpResponseMessage response) =>
        new(response.RequestMessage!.RequestUri!, response.StatusCode, await response.Content.ReadAsStringAsync());

    /// <summary>What the form with this name would send now, without a button.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields(string form) => FieldsWhere(form, $"value=\"{form}\"");

    /// <summary>What the form that goes to this address would send now.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> FieldsOf(string address) => FieldsWhere(address, $"action=\"{address}\"");

    private List<KeyValuePair<string, string>> FieldsWhere(string form, string holds)
    {
        var html = Form().Matches(Html).Select(match => match.Value).FirstOrDefault(text => text.Contains(holds, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"No form '{form}' on {Address}: {Status} {Text}");
        var fields = new List<KeyValuePair<string, string>>();
        foreach (Match control in Control().Matches(html))
        {
            var name = Attribute(control.Value, "name");
            if (name is not null && ValueOf(control) is { } value)
            {
                fields.Add(new(name, value));
            }
        }

        return fields;
    }

    private static string? ValueOf(Match control)
    {
        var tag = control.Groups["tag"].Value;
        if (tag == "textarea")
        {
            return WebUtility.HtmlDecode(control.Groups["text"].Value);
        }

        if (tag == "select")
        {
            return Option().Match(control.Value) is { Success: true } chosen ? Attribute(chosen.Value, "value") : "";
        }

        var ticks = Attribute(control.Value, "type") is "radio" or "checkbox";
        return ticks && !control.Value.Contains(" checked", StringComparison.Ordinal) ? null : Attribute(control.Value, "value") ?? "";
    }

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"\\s{name}=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)) is { Success: true } match
            ? WebUtility.HtmlDecode(match.Groups["value"].Value)
            : null;

    [GeneratedRegex("<form .*?</form>", RegexOptions.Singleline, 1000)]
    private static partial Regex Form();

    [GeneratedRegex("<(?<tag>input)[^>]*>|<(?<tag>textarea)[^>]*>(?<text>.*?)</textarea>|<(?<tag>select)[^>]*>.*?</select>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Control();

    [GeneratedRegex("<option [^>]*selected[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Option();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tag();
}
