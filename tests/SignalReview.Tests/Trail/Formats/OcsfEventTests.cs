using System.Buffers;
using System.Text.Json.Nodes;
using SignalReview.Cases;
using SignalReview.Trail;
using SignalReview.Trail.Formats;

namespace SignalReview.Tests.Trail.Formats;

internal sealed class OcsfEventTests
{
    private static readonly string[] Always = ["activity_id", "category_uid", "class_uid", "metadata", "severity_id", "time", "type_uid"];

    /// <summary>What schema 1.4.0 requires of each class beyond that, and which activities it has.</summary>
    private static readonly Dictionary<int, (string[] Required, int[] Activities)> Classes = new()
    {
        [2004] = (["finding_info"], [1, 2, 3, 99]),
        [3004] = (["entity"], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 99]),
        [6001] = (["web_resources"], [1, 2, 3, 4, 5, 6, 7, 8, 99]),
    };

    /// <summary>All attributes that such an event may have; anything else would be refused by a strict reader.</summary>
    private static readonly string[] Known =
    [
        .. Always, "activity_name", "status_id", "timezone_offset", "message", "actor", "unmapped", "entity", "web_resources", "finding_info", "is_alert",
    ];

    [Test]
    public void Each_type_has_all_that_its_class_requires_and_nothing_that_it_does_not_know([ValueSource(typeof(EventDeeds), nameof(EventDeeds.Types))] string type)
    {
        var told = Write(FhirAuditEventTests.Header(type));
        var @class = (int)told["class_uid"]!;

        Assert.Multiple(() =>
        {
            Assert.That(Classes, Does.ContainKey(@class));
            Assert.That(told.Select(m => m.Key), Is.SupersetOf(Always.Concat(Classes[@class].Required)).And.SubsetOf(Known));
            Assert.That(Classes[@class].Activities, Does.Contain((int)told["activity_id"]!));
            Assert.That((int)told["type_uid"]!, Is.EqualTo(@class * 100 + (int)told["activity_id"]!));
            Assert.That((int)told["category_uid"]!, Is.EqualTo(@class / 1000));
            Assert.That((int)told["severity_id"]!, Is.InRange(1, 5));
            Assert.That(told.ContainsKey("activity_name"), Is.EqualTo((int)told["activity_id"]! == 99), "another activity is named");
            Assert.That((string?)told["metadata"]!["version"], Is.EqualTo("1.4.0"));
            Assert.That((string?)told["metadata"]!["product"]!["name"], Is.EqualTo("SignalReview"));
            Assert.That(told["metadata"]!["profiles"] is not null, Is.EqualTo(@class != 3004), "elsewhere the actor comes with the profile host");
            Assert.That((string?)told["actor"]!["user"]!["uid"], Is.EqualTo("p-1"));
        });
    }

    [Test]
    public void A_read_is_told_in_full()
    {
        var told = Write(FhirAuditEventTests.Header("case.read", onBehalfOf: "p-2"));

        Assert.Multiple(() =>
        {
            Assert.That((int)told["type_uid"]!, Is.EqualTo(600102));
            Assert.That((long)told["time"]!, Is.EqualTo(new DateTimeOffset(2026, 3, 16, 10, 0, 0, 123, TimeSpan.Zero).ToUnixTimeMilliseconds()));
            Assert.That((int)told["status_id"]!, Is.EqualTo(1));
            Assert.That((string?)told["metadata"]!["uid"], Is.EqualTo("0191d0a0-0000-7000-8000-000000000001"));
            Assert.That((long)told["metadata"]!["sequence"]!, Is.EqualTo(41));
            Assert.That((string?)told["metadata"]!["log_name"], Is.EqualTo("signalreview"));
            Assert.That((string?)told["web_resources"]![0]!["type"], Is.EqualTo("Case"));
            Assert.That((string?)told["unmapped"]!["on_behalf_of"], Is.EqualTo("p-2"));
            Assert.That((string?)told["unmapped"]!["role"], Is.EqualTo("auditor"));
        });
    }

    [TestCase("command.refused", 2, 2)]
    [TestCase("export.failed", 2, 3)]
    [TestCase("trail.alarmRaised", 1, 5, Description = "of a finding 1 is: new")]
    [TestCase("emergency.opened", 1, 4)]
    [TestCase("access.refused", 1, 1)]
    public void What_a_watch_must_notice_stands_out(string type, int status, int severity)
    {
        var told = Write(FhirAuditEventTests.Header(type));
        Assert.That(((int)told["status_id"]!, (int)told["severity_id"]!), Is.EqualTo((status, severity)));
    }

    [Test]
    public void What_belongs_to_no_case_is_of_the_organisation()
    {
        var entity = Write(FhirAuditEventTests.Header("trail.keyRotated", @case: CaseId.Organisation.Value))["entity"]!;
        Assert.That(((string?)entity["type"], (int)entity["type_id"]!), Is.EqualTo(("Organization", 4)));
    }

    private static JsonObject Write(EventHeader header)
    {
        var output = new ArrayBufferWriter<byte>();
        EventLines.Write(EventFormat.Ocsf, output, 41, header.ToLeaf());
        return JsonNode.Parse(output.WrittenSpan)!.AsObject();
    }
}
