using System.Text.Json;
using System.Text.Json.Serialization;

namespace SignalReview.Benchmarks.Rooms;

/// <summary>What a server process tells when it is ready, a line of JSON.</summary>
/// <param name="Address">Where it listens.</param>
/// <param name="Facilitator">The token of who leads all rooms; empty on the bare hub.</param>
internal sealed record ServerReady(Uri Address, string Facilitator);

/// <param name="Processor">Milliseconds of processor time since the process began.</param>
/// <param name="Heap">Managed bytes that live, after a full collection when one was asked for.</param>
/// <param name="Resident">Bytes of memory that the process occupies.</param>
internal sealed record ServerStat(double Processor, long Heap, long Resident);

/// <param name="Case">The room.</param>
/// <param name="Tokens">Of those who vote.</param>
internal sealed record BenchRoom(Guid Case, IReadOnlyList<string> Tokens);

/// <summary>How parent and server process speak: a line of JSON each way.</summary>
internal static class Lines
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static string Write<T>(T line) => JsonSerializer.Serialize(line, Options);

    public static T Read<T>(string line) => JsonSerializer.Deserialize<T>(line, Options) ?? throw new InvalidOperationException($"Not a {typeof(T).Name}: {line}");
}
