using System.Buffers;
using System.Reflection;
using System.Text.Json;
using SignalReview.Cases;
using SignalReview.Trail.Bundles;

namespace SignalReview.Trail.Formats;

/// <summary>
/// A header as an event of the Open Cybersecurity Schema Framework, for a SIEM. Written by version 1.4.0, the first that has all that is used here;
/// what it uses is the same up to 1.8.0.
/// </summary>
internal static class OcsfEvent
{
    public const string SchemaVersion = "1.4.0";

    private const int Success = 1;
    private const int Failure = 2;
    private const int NewFinding = 1;

    private static readonly string ProductVersion = typeof(OcsfEvent).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public static void Write(IBufferWriter<byte> output, long leafIndex, EventHeader header)
    {
        var form = EventDeeds.Of(header.Type);
        var @class = (int)form.Class;
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteNumber("category_uid", @class / 1000);
        json.WriteNumber("class_uid", @class);
        json.WriteNumber("activity_id", form.Activity);
        if (form.Activity == DeedForm.OtherActivity)
        {
            json.WriteString("activity_name", header.Type);
        }

        json.WriteNumber("type_uid", @class * 100 + form.Activity);
        json.WriteNumber("severity_id", form.Severity);
        json.WriteNumber("status_id", form.Class == OcsfClass.DetectionFinding ? NewFinding : form.Outcome == 0 ? Success : Failure);
        json.WriteNumber("time", header.At.ToUnixTimeMilliseconds());
        json.WriteNumber("timezone_offset", 0);
        json.WriteString("message", ReportLabels.For("en").Event(header.Type));
        Metadata(json, leafIndex, header, form);
        json.WriteStartObject("actor");
        json.WriteStartObject("user");
        json.WriteString("uid", header.Actor);
        json.WriteNumber("type_id", header.Role == "system" ? 3 : 1);
        json.WriteEndObject();
        json.WriteEndObject();
        Subject(json, header, form);
        Unmapped(json, header);
        json.WriteEndObject();
    }

    private static void Metadata(Utf8JsonWriter json, long leafIndex, EventHeader header, DeedForm form)
    {
        json.WriteStartObject("metadata");
        json.WriteString("version", SchemaVersion);
        if (form.Class != OcsfClass.EntityManagement)
        {
            json.WriteStartArray("profiles"); // outside identity management the actor comes by this profile
            json.WriteStringValue("host");
            json.WriteEndArray();
        }

        json.WriteStartObject("product");
        json.WriteString("name", "SignalReview");
        json.WriteString("vendor_name", "SignalReview");
        json.WriteString("version", ProductVersion);
        json.WriteEndObject();
        json.WriteString("uid", header.Id);
        json.WriteNumber("sequence", leafIndex);
        json.WriteString("log_name", header.Log);
        json.WriteString("event_code", header.Type);
        json.WriteString("original_time", EventHeader.TimeText(header.At));
        if (header.Cause is { } cause)
        {
            json.WriteString("correlation_uid", cause);
        }

        json.WriteEndObject();
    }

    /// <summary>What it was done to, under the name that the class has for it.</summary>
    private static void Subject(Utf8JsonWriter json, EventHeader header, DeedForm form)
    {
        var organisation = header.Case is null || header.Case == CaseId.Organisation.Value;
        var uid = header.Case?.ToString("D") ?? header.Log;
        switch (form.Class)
        {
            case OcsfClass.EntityManagement:
                json.WriteStartObject("entity");
                json.WriteString("uid", uid);
                json.WriteString("type", organisation ? "Organization" : "Case");
                json.WriteNumber("type_id", organisation ? 4 : 99);
                json.WriteEndObject();
                break;
            case OcsfClass.WebResourcesActivity:
                json.WriteStartArray("web_resources");
                json.WriteStartObject();
                json.WriteString("uid", uid);
                json.WriteString("type", organisation ? "Organization" : "Case");
                json.WriteEndObject();
                json.WriteEndArray();
                break;
            case OcsfClass.DetectionFinding:
                json.WriteBoolean("is_alert", true);
                json.WriteStartObject("finding_info");
                json.WriteString("uid", header.Id);
                json.WriteString("title", ReportLabels.For("en").Event(header.Type));
                json.WriteNumber("created_time", header.At.ToUnixTimeMilliseconds());
                json.WriteEndObject();
                break;
            default:
                throw new InvalidOperationException($"No class {form.Class}.");
        }
    }

    private static void Unmapped(Utf8JsonWriter json, EventHeader header)
    {
        json.WriteStartObject("unmapped");
        json.WriteString("role", header.Role);
        if (header.OnBehalfOf is { } other)
        {
            json.WriteString("on_behalf_of", other);
        }

        if (header.CaseSeq is { } seq)
        {
            json.WriteNumber("case_seq", seq);
        }

        if (header.Policy is { } policy)
        {
            json.WriteString("policy", policy);
        }

        json.WriteBase64String("commit", header.Commit);
        json.WriteEndObject();
    }
}
