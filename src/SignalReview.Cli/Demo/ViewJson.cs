using System.Text.Json;
using System.Text.Json.Serialization;
using SignalReview.Trail;

namespace SignalReview.Cli.Demo;

/// <summary>Reads the views that the API answers with: their sets are read-only, which the serializer can only write.</summary>
internal static class ViewJson
{
    public static JsonSerializerOptions Options { get; } = new(TrailJson.Options) { Converters = { new ReadOnlySets() } };

    private sealed class ReadOnlySets : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(IReadOnlySet<>);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

        private sealed class Converter<T> : JsonConverter<IReadOnlySet<T>>
        {
            public override IReadOnlySet<T>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
                JsonSerializer.Deserialize<HashSet<T>>(ref reader, options);

            public override void Write(Utf8JsonWriter writer, IReadOnlySet<T> value, JsonSerializerOptions options) =>
                JsonSerializer.Serialize(writer, value.AsEnumerable(), options);
        }
    }
}
