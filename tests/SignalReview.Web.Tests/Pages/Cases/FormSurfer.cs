using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Pages.Cases;

/// <summary>A browser without a script: it opens pages, fills in their forms as they stand and sends them.</summary>
internal sealed class FormSurfer : IDisposable
{
    private readonly HttpClient http;

    private FormSurfer(HttpClient http) => this.http = http;

    public static async Task<FormSurfer> AsAsync(WebHost host, string person)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await host.TokenAsync(person));
        return new(client);
    }

    public async Task<SurfedPage> OpenAsync(string path) => await ReadAsync(await http.GetAsync(new Uri(path, UriKind.Relative)), path);

    /// <summary>Sends a form and stays with the answer; a redirect is an answer.</summary>
    public async Task<SurfedPage> SendAsync(SurfedForm form)
    {
        using var content = new FormUrlEncodedContent(form.Fields);
        return await ReadAsync(await http.PostAsync(new Uri(form.Path, UriKind.Relative), content), form.Path);
    }

    /// <summary>Sends a form that is done, and opens the page it leads to.</summary>
    public async Task<SurfedPage> DoAsync(SurfedForm form)
    {
        var answer = await SendAsync(form);
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Found).Or.EqualTo(HttpStatusCode.SeeOther), answer.Text);
        return await OpenAsync(answer.Location!);
    }

    public void Dispose() => http.Dispose();

    private static async Task<SurfedPage> ReadAsync(HttpResponseMessage response, string path)
    {
        using (response)
        {
            var html = await response.Content.ReadAsStringAsync();
            var location = response.Headers.Location is { } to ? to.IsAbsoluteUri ? to.PathAndQuery : to.OriginalString : null;
            return new(path, response.StatusCode, location, html);
        }
    }
}

internal sealed partial record SurfedPage(string Path, HttpStatusCode Status, string? Location, string Html)
{
    /// <summary>What one reads: without tags, spaces as one.</summary>
    public string Text => WebUtility.HtmlDecode(Spaces().Replace(Tag().Replace(Body().Match(Html).Value, " "), " "));

    public bool HasForm(string action, Guid? target = null) => FindForm(action, target) is not null;

    public SurfedForm Form(string action, Guid? target = null)
        => FindForm(action, target) ?? throw new InvalidOperationException($"{Path} has no form '{action}': {Text}");

    private SurfedForm? FindForm(string action, Guid? target) => FormBlock().Matches(Html)
        .Select(match => SurfedForm.Parse(Path.Split('?')[0], match.Value))
        .FirstOrDefault(form => form["action"] == action && (target is null || form["target"] == target.ToString()));

    [GeneratedRegex("<main.*</main>", RegexOptions.Singleline, 1000)]
    private static partial Regex Body();

    [GeneratedRegex("<[^>]*>", RegexOptions.Singleline, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline, 1000)]
    private static partial Regex FormBlock();
}

/// <summary>A form as it stands on the page: what would be sent if one pressed its button now.</summary>
internal sealed partial record SurfedForm(string Path, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    public string? this[string name] => Fields.LastOrDefault(field => field.Key == name).Value;

    public IReadOnlyList<string> All(string name) => [.. Fields.Where(field => field.Key == name).Select(field => field.Value)];

    /// <summary>Fills one field, in the place of what stood there.</summary>
    public SurfedForm With(string name, string value)
        => this with { Fields = [.. Fields.Where(field => field.Key != name), KeyValuePair.Create(name, value)] };

    public SurfedForm And(string name, string value) => this with { Fields = [.. Fields, KeyValuePair.Create(name, value)] };

    public static SurfedForm Parse(string path, string html)
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (Match input in Input().Matches(html))
        {
            var tag = input.Value;
            var type = Attribute(tag, "type") ?? "text";
            if (Attribute(tag, "name") is { } name && (type is not ("radio" or "checkbox") || tag.Contains(" checked", StringComparison.Ordinal)))
            {
                fields.Add(KeyValuePair.Create(name, Attribute(tag, "value") ?? ""));
            }
        }

        foreach (Match area in Area().Matches(html))
        {
            // A browser drops the line break that may stand first in a text area.
            fields.Add(KeyValuePair.Create(Attribute(area.Groups["tag"].Value, "name")!, WebUtility.HtmlDecode(area.Groups["text"].Value)));
        }

        foreach (Match select in Select().Matches(html))
        {
            var chosen = Chosen().Match(select.Groups["options"].Value);
            fields.Add(KeyValuePair.Create(Attribute(select.Groups["tag"].Value, "name")!, chosen.Success ? Attribute(chosen.Value, "value") ?? "" : ""));
        }

        return new(path, fields);
    }

    private static string? Attribute(string tag, string name)
    {
        var match = Regex.Match(tag, $"\\s{name}=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        return match.Success ? WebUtility.HtmlDecode(match.Groups["value"].Value) : null;
    }

    [GeneratedRegex("<input[^>]*>", RegexOptions.Singleline, 1000)]
    private static partial Regex Input();

    [GeneratedRegex("(?<tag><textarea[^>]*>)(?<text>.*?)</textarea>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Area();

    [GeneratedRegex("(?<tag><select[^>]*>)(?<options>.*?)</select>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Select();

    [GeneratedRegex("<option[^>]* selected[^>]*>", RegexOptions.Singleline, 1000)]
    private static partial Regex Chosen();
}
