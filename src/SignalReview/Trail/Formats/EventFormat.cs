using System.Buffers;
using System.Globalization;
using System.Text;

namespace SignalReview.Trail.Formats;

/// <summary>How headers are told, one a line.</summary>
internal enum EventFormat
{
    /// <summary>The leaf verbatim, with its place in the log: whoever reads can hash it.</summary>
    Headers,

    /// <summary>FHIR R4 AuditEvent.</summary>
    Fhir,

    /// <summary>Open Cybersecurity Schema Framework.</summary>
    Ocsf,
}

internal static class EventLines
{
    public static string MediaType(EventFormat format) => format switch
    {
        EventFormat.Fhir => "application/fhir+ndjson",
        EventFormat.Headers or EventFormat.Ocsf => "application/x-ndjson",
    };

    /// <summary>One event with its line feed.</summary>
    public static void Write(EventFormat format, IBufferWriter<byte> output, long leafIndex, ReadOnlySpan<byte> leaf)
    {
        switch (format)
        {
            case EventFormat.Fhir:
                FhirAuditEvent.Write(output, leafIndex, EventHeader.Parse(leaf));
                break;
            case EventFormat.Ocsf:
                OcsfEvent.Write(output, leafIndex, EventHeader.Parse(leaf));
                break;
            case EventFormat.Headers:
                output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"leafIndex\":{leafIndex},\"header\":")));
                output.Write(leaf);
                output.Write("}"u8);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "No such format.");
        }

        output.Write("\n"u8);
    }
}
