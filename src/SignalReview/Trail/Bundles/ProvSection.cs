using System.Text.Json;

namespace SignalReview.Trail.Bundles;

/// <summary>
/// One of the objects of which PROV-JSON is made: all entities, all usages, and so on. They stand one after the other in the file, but an event adds
/// to most of them; so each waits in a spool of its own.
/// </summary>
internal sealed class ProvSection : IDisposable
{
    private const int FlushAt = 16 * 1024;

    private readonly Spool spool;
    private readonly Utf8JsonWriter json;
    private long relations;

    public ProvSection(string name, string temporaryFolder)
    {
        Name = name;
        spool = new(temporaryFolder);
        json = new(spool);
        json.WriteStartObject();
    }

    public string Name { get; }

    /// <summary>A record that others refer to.</summary>
    public void Add(string id, Action<Utf8JsonWriter> members)
    {
        json.WriteStartObject(id);
        members(json);
        json.WriteEndObject();
        if (json.BytesPending > FlushAt)
        {
            json.Flush();
        }
    }

    /// <summary>A record that nothing refers to: its id is a blank node, in this document only.</summary>
    public void Add(Action<Utf8JsonWriter> members) => Add($"_:{Name}{++relations}", members);

    public async Task WriteAsync(Stream output, CancellationToken ct)
    {
        json.WriteEndObject();
        await json.FlushAsync(ct);
        spool.Position = 0;
        await spool.CopyToAsync(output, ct);
    }

    public void Dispose()
    {
        json.Dispose();
        spool.Dispose();
    }
}
