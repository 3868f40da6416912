using System.Globalization;
using System.Text;
using System.Xml;

namespace SignalReview.Trail.Formats;

/// <summary>The groups of elements that MDTO 1.0.1 is made of, each in the one order that its schema allows.</summary>
internal sealed class MdtoXml : IAsyncDisposable
{
    public const string Namespace = "https://www.nationaalarchief.nl/mdto";

    private const string Schema = Namespace + " https://www.nationaalarchief.nl/mdto/MDTO-XML1.0.1.xsd";
    private const string Instance = "http://www.w3.org/2001/XMLSchema-instance";

    private readonly XmlWriter xml;

    private MdtoXml(XmlWriter xml) => this.xml = xml;

    /// <param name="output">Stays open.</param>
    /// <param name="kind">"informatieobject" or "bestand".</param>
    public static async Task<MdtoXml> StartAsync(Stream output, string kind)
    {
        var writer = XmlWriter.Create(output, new XmlWriterSettings
        {
            Async = true,
            CloseOutput = false,
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            Indent = true,
            NewLineChars = "\n",
        });
        await writer.WriteStartDocumentAsync();
        await writer.WriteStartElementAsync(null, "MDTO", Namespace);
        await writer.WriteAttributeStringAsync("xsi", "schemaLocation", Instance, Schema);
        await writer.WriteStartElementAsync(null, kind, Namespace);
        return new(writer);
    }

    public Task StartAsync(string name) => xml.WriteStartElementAsync(null, name, Namespace);

    public Task EndAsync() => xml.WriteEndElementAsync();

    public Task TextAsync(string name, string value) => xml.WriteElementStringAsync(null, name, Namespace, value);

    public Task DateAsync(string name, DateOnly day) => TextAsync(name, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public Task TimeAsync(string name, DateTimeOffset at) => TextAsync(name, EventHeader.TimeText(at));

    public async Task IdentifiedAsync(string name, string id, string source)
    {
        await StartAsync(name);
        await TextAsync("identificatieKenmerk", id);
        await TextAsync("identificatieBron", source);
        await EndAsync();
    }

    public async Task ReferenceAsync(string name, string shown, string? id, string? source)
    {
        await StartAsync(name);
        await TextAsync("verwijzingNaam", shown);
        if (id is not null && source is not null)
        {
            await IdentifiedAsync("verwijzingIdentificatie", id, source);
        }

        await EndAsync();
    }

    public async Task ConceptAsync(string name, string label, string? code, string list)
    {
        await StartAsync(name);
        await TextAsync("begripLabel", label);
        if (code is not null)
        {
            await TextAsync("begripCode", code);
        }

        await ReferenceAsync("begripBegrippenlijst", list, null, null);
        await EndAsync();
    }

    public async ValueTask DisposeAsync() => await xml.DisposeAsync();
}
