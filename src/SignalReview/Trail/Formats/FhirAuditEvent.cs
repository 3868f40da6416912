using System.Buffers;
using System.Globalization;
using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Trail.Bundles;

namespace SignalReview.Trail.Formats;

/// <summary>
/// A header as a FHIR R4 (4.0.1) AuditEvent, in the vocabulary that NEN 7513 asks for: what, when, who, on whose behalf, on what, with what outcome.
/// It holds what the header holds: no name, no word that anybody wrote.
/// </summary>
internal static class FhirAuditEvent
{
    /// <summary>Of our own codes and identifiers. The domain is reserved for examples: an organisation that exchanges these resources says by which names it goes.</summary>
    public const string OwnSystem = "https://signalreview.example/fhir/";

    public const string DicomSystem = "http://dicom.nema.org/resources/ontology/DCM";
    public const string LifecycleSystem = "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle";

    private const string Terminology = "http://terminology.hl7.org/CodeSystem/";

    public static void Write(IBufferWriter<byte> output, long leafIndex, EventHeader header)
    {
        var form = EventDeeds.Of(header.Type);
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("resourceType", "AuditEvent");
        json.WriteString("id", header.Id);
        json.WritePropertyName("type");
        Coding(json, form.System switch { FhirSystem.Dicom => DicomSystem, FhirSystem.Lifecycle => LifecycleSystem }, form.Code);
        json.WriteStartArray("subtype");
        if (form.Subtype is { } subtype)
        {
            Coding(json, DicomSystem, subtype);
        }

        Coding(json, OwnSystem + "event-type", header.Type, ReportLabels.For("en").Event(header.Type));
        json.WriteEndArray();
        json.WriteString("action", form.Action.ToString());
        json.WriteString("recorded", EventHeader.TimeText(header.At));
        json.WriteString("outcome", form.Outcome.ToString(CultureInfo.InvariantCulture));
        Purpose(json, header);
        Agents(json, header);
        Source(json, header);
        Entity(json, leafIndex, header, form);
        json.WriteEndObject();
    }

    /// <summary>Only what the header itself says: that somebody acted by access in an emergency ("break the glass").</summary>
    private static void Purpose(Utf8JsonWriter json, EventHeader header)
    {
        if (header.Role != Storage.Enums.Text(CaseRole.Emergency) && EventDeeds.Find(header.Type) != Deed.Emergency)
        {
            return;
        }

        json.WriteStartArray("purposeOfEvent");
        Concept(json, Terminology + "v3-ActReason", "BTG");
        json.WriteEndArray();
    }

    private static void Agents(Utf8JsonWriter json, EventHeader header)
    {
        json.WriteStartArray("agent");
        json.WriteStartObject();
        json.WriteStartArray("role");
        Concept(json, OwnSystem + "role", header.Role, ReportLabels.For("en").Role(header.Role));
        json.WriteEndArray();
        json.WritePropertyName("who");
        Identified(json, "person", header.Actor, header.Role == "system" ? "Device" : "Practitioner");
        json.WriteBoolean("requestor", true);
        json.WriteEndObject();
        if (header.OnBehalfOf is { } other)
        {
            json.WriteStartObject();
            json.WritePropertyName("who");
            Identified(json, "person", other, "Practitioner");
            json.WriteBoolean("requestor", false);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Source(Utf8JsonWriter json, EventHeader header)
    {
        json.WriteStartObject("source");
        json.WriteString("site", header.Log);
        json.WritePropertyName("observer");
        Identified(json, "log", header.Log, "Device");
        json.WriteStartArray("type");
        Coding(json, Terminology + "security-source-type", "4"); // application server
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Entity(Utf8JsonWriter json, long leafIndex, EventHeader header, DeedForm form)
    {
        var @case = header.Case is { } id && id != CaseId.Organisation.Value ? header.Case : null;
        json.WriteStartArray("entity");
        json.WriteStartObject();
        json.WritePropertyName("what");
        Identified(json, @case is null ? "log" : "case", @case?.ToString("D") ?? header.Log, null);
        json.WritePropertyName("type");
        Coding(json, Terminology + "audit-entity-type", "2"); // system object
        json.WritePropertyName("role");
        Coding(json, Terminology + "object-role", @case is null ? "13" : "4"); // security resource, domain resource
        if (form.Lifecycle is { } lifecycle)
        {
            json.WritePropertyName("lifecycle");
            Coding(json, Terminology + "dicom-audit-lifecycle", lifecycle.ToString(CultureInfo.InvariantCulture));
        }

        json.WriteStartArray("detail");
        Detail(json, "leafIndex", leafIndex.ToString(CultureInfo.InvariantCulture));
        Detail(json, "caseSeq", header.CaseSeq?.ToString(CultureInfo.InvariantCulture));
        Detail(json, "policy", header.Policy);
        Detail(json, "cause", header.Cause?.ToString("D"));
        json.WriteStartObject();
        json.WriteString("type", "commit");
        json.WriteBase64String("valueBase64Binary", header.Commit);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Detail(Utf8JsonWriter json, string type, string? value)
    {
        if (value is { Length: > 0 }) // FHIR knows no empty text
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteString("valueString", value);
            json.WriteEndObject();
        }
    }

    private static void Identified(Utf8JsonWriter json, string kind, string value, string? type)
    {
        json.WriteStartObject();
        if (type is not null)
        {
            json.WriteString("type", type);
        }

        json.WriteStartObject("identifier");
        json.WriteString("system", OwnSystem + kind);
        json.WriteString("value", value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Concept(Utf8JsonWriter json, string system, string code, string? display = null)
    {
        json.WriteStartObject();
        json.WriteStartArray("coding");
        Coding(json, system, code, display);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Coding(Utf8JsonWriter json, string system, string code, string? display = null)
    {
        json.WriteStartObject();
        json.WriteString("system", system);
        json.WriteString("code", code);
        if (display is not null)
        {
            json.WriteString("display", display);
        }

        json.WriteEndObject();
    }
}
