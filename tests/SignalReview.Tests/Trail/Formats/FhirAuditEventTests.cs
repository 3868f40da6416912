using System.Buffers;
using System.Text.Json.Nodes;
using SignalReview.Cases;
using SignalReview.Trail;
using SignalReview.Trail.Formats;

namespace SignalReview.Tests.Trail.Formats;

internal sealed class FhirAuditEventTests
{
    private static readonly Guid Case = new("0191d0a0-0000-7000-8000-0000000000c1");

    public static EventHeader Header(string type, string role = "auditor", string? onBehalfOf = null, Guid? @case = null) => new(
        "signalreview", new Guid("0191d0a0-0000-7000-8000-000000000001"), new DateTimeOffset(2026, 3, 16, 10, 0, 0, 123, TimeSpan.Zero), type,
        @case ?? Case, 7, "p-1", role, onBehalfOf, new Guid("0191d0a0-0000-7000-8000-000000000002"), "collegial-consultation@3", new byte[32]);

    [Test]
    public void A_read_says_what_when_who_and_on_what()
    {
        var audit = Write(Header("case.read"));

        Assert.Multiple(() =>
        {
            Assert.That((string?)audit["resourceType"], Is.EqualTo("AuditEvent"));
            Assert.That((string?)audit["id"], Is.EqualTo("0191d0a0-0000-7000-8000-000000000001"));
            Assert.That((string?)audit["type"]!["code"], Is.EqualTo("access"));
            Assert.That((string?)audit["type"]!["system"], Is.EqualTo(FhirAuditEvent.LifecycleSystem));
            Assert.That((string?)audit["subtype"]![0]!["code"], Is.EqualTo("case.read"));
            Assert.That((string?)audit["action"], Is.EqualTo("R"));
            Assert.That((string?)audit["recorded"], Is.EqualTo("2026-03-16T10:00:00.123Z"));
            Assert.That((string?)audit["outcome"], Is.EqualTo("0"));
            Assert.That((string?)audit["agent"]![0]!["who"]!["identifier"]!["value"], Is.EqualTo("p-1"));
            Assert.That((bool?)audit["agent"]![0]!["requestor"], Is.True);
            Assert.That((string?)audit["agent"]![0]!["role"]![0]!["coding"]![0]!["code"], Is.EqualTo("auditor"));
            Assert.That((string?)audit["source"]!["observer"]!["identifier"]!["value"], Is.EqualTo("signalreview"));
            Assert.That((string?)audit["entity"]![0]!["what"]!["identifier"]!["value"], Is.EqualTo(Case.ToString()));
            Assert.That((string?)audit["entity"]![0]!["lifecycle"]!["code"], Is.EqualTo("6"));
            Assert.That(audit["purposeOfEvent"], Is.Null, "the header does not say why");
            Assert.That(Details(audit), Is.EqualTo(new Dictionary<string, string>
            {
                ["leafIndex"] = "41",
                ["caseSeq"] = "7",
                ["policy"] = "collegial-consultation@3",
                ["cause"] = "0191d0a0-0000-7000-8000-000000000002",
                ["commit"] = Convert.ToBase64String(new byte[32]),
            }));
        });
    }

    [Test]
    public void Somebody_for_whom_it_was_done_is_a_second_agent_who_did_not_ask()
    {
        var agents = Write(Header("case.read", onBehalfOf: "p-2"))["agent"]!.AsArray();

        Assert.That(agents, Has.Count.EqualTo(2));
        Assert.That((string?)agents[1]!["who"]!["identifier"]!["value"], Is.EqualTo("p-2"));
        Assert.That((bool?)agents[1]!["requestor"], Is.False);
    }

    [Test]
    public void A_refusal_was_not_done_and_a_failure_failed()
    {
        Assert.That((string?)Write(Header("command.refused"))["outcome"], Is.EqualTo("4"));
        Assert.That((string?)Write(Header("export.failed"))["outcome"], Is.EqualTo("8"));
        Assert.That((string?)Write(Header("access.refused"))["outcome"], Is.EqualTo("0"), "somebody decided so");
    }

    [TestCase("case.read", "emergency")]
    [TestCase("emergency.opened", "emergency")]
    [TestCase("emergency.opened", "coordinator")]
    public void Access_in_an_emergency_says_so(string type, string role) =>
        Assert.That((string?)Write(Header(type, role))["purposeOfEvent"]![0]!["coding"]![0]!["code"], Is.EqualTo("BTG"));

    [Test]
    public void What_belongs_to_no_case_is_of_the_log()
    {
        var entity = Write(Header("trail.polled", @case: CaseId.Organisation.Value))["entity"]![0]!;

        Assert.That((string?)entity["what"]!["identifier"]!["system"], Is.EqualTo(FhirAuditEvent.OwnSystem + "log"));
        Assert.That((string?)entity["role"]!["code"], Is.EqualTo("13"));
    }

    [Test]
    public void Each_type_has_all_that_R4_requires_and_codes_that_are_there([ValueSource(typeof(EventDeeds), nameof(EventDeeds.Types))] string type)
    {
        var audit = Write(Header(type));
        string[] actions = ["C", "R", "U", "D", "E"];
        string[] outcomes = ["0", "4", "8", "12"];
        string[] dicom = ["110100", "110106", "110112", "110113"];
        string[] security = ["110127", "110129", "110132", "110136"];
        string[] lifecycle = ["originate", "amend", "deprecate", "reactivate", "attest", "access", "disclose", "hold", "unhold", "destroy", "restore"];

        Assert.Multiple(() =>
        {
            Assert.That(audit["recorded"], Is.Not.Null);
            Assert.That(audit["agent"]!.AsArray().All(agent => agent!["requestor"] is not null));
            Assert.That(audit["source"]!["observer"], Is.Not.Null);
            Assert.That(actions, Does.Contain((string?)audit["action"]));
            Assert.That(outcomes, Does.Contain((string?)audit["outcome"]));
            Assert.That(
                (string?)audit["type"]!["system"] == FhirAuditEvent.DicomSystem ? dicom : lifecycle, Does.Contain((string?)audit["type"]!["code"]));
            Assert.That(audit["subtype"]!.AsArray().Where(s => (string?)s!["system"] == FhirAuditEvent.DicomSystem).Select(s => (string?)s!["code"]), Is.SubsetOf(security));
            Assert.That(audit.ToJsonString(), Does.Not.Contain("\"\"").And.Not.Contain("null"), "FHIR knows neither");
        });
    }

    private static JsonObject Write(EventHeader header)
    {
        var output = new ArrayBufferWriter<byte>();
        EventLines.Write(EventFormat.Fhir, output, 41, header.ToLeaf());
        Assert.That(output.WrittenSpan.Count((byte)'\n'), Is.EqualTo(1));
        Assert.That(output.WrittenSpan[^1], Is.EqualTo((byte)'\n'));
        return JsonNode.Parse(output.WrittenSpan)!.AsObject();
    }

    private static Dictionary<string, string> Details(JsonObject audit) => audit["entity"]![0]!["detail"]!.AsArray()
        .ToDictionary(d => (string)d!["type"]!, d => (string)(d!["valueString"] ?? d["valueBase64Binary"])!);
}
