namespace SignalReview.Trail.Formats;

/// <summary>What an event did, as other worlds know it. Few words: a log that is read next to others is only as good as what it has in common with them.</summary>
internal enum Deed
{
    Originate,
    Amend,
    Retract,
    Activate,
    Deactivate,
    Attest,
    Access,
    Query,
    Export,
    Disclose,
    Grant,
    Emergency,
    Hold,
    Unhold,
    Destroy,
    Restore,
    Secure,
    Run,
    Alarm,
    Fail,
    Refuse,
}

/// <summary>The OCSF classes that are used here. All that they require is in a header; classes that ask for a network address are not used, because a header has none.</summary>
internal enum OcsfClass
{
    DetectionFinding = 2004,
    EntityManagement = 3004,
    WebResourcesActivity = 6001,
}

/// <summary>The code systems that FHIR R4 names for the type of an audit event.</summary>
internal enum FhirSystem
{
    /// <summary>DICOM part 16.</summary>
    Dicom,

    /// <summary>ISO/TS 21089, what happens to a record from its origin to its end.</summary>
    Lifecycle,
}

/// <summary>How one deed is told.</summary>
/// <param name="System">Of the type.</param>
/// <param name="Code">The type, in that system.</param>
/// <param name="Subtype">A DICOM code that says more; null for none.</param>
/// <param name="Action">C, R, U, D or E.</param>
/// <param name="Lifecycle">DICOM's number for what happens to the record; null when nothing does.</param>
/// <param name="Outcome">FHIR: 0 done, 4 not done, 8 something failed.</param>
/// <param name="Class">OCSF.</param>
/// <param name="Activity">In that class.</param>
/// <param name="Severity">OCSF: 1 informational to 5 critical.</param>
/// <param name="Archived">Whether an archive wants to know: it tells of the record's origin, change or keeping, not of who looked.</param>
internal sealed record DeedForm(
    FhirSystem System, string Code, string? Subtype, char Action, int? Lifecycle, int Outcome, OcsfClass Class, int Activity, int Severity, bool Archived)
{
    /// <summary>OCSF's activity for what has no other; it is told in words then.</summary>
    public const int OtherActivity = 99;

    private const int Entity = (int)OcsfClass.EntityManagement;
    private const int Web = (int)OcsfClass.WebResourcesActivity;
    private const int Finding = (int)OcsfClass.DetectionFinding;

    public static DeedForm Of(Deed deed) => deed switch
    {
        Deed.Originate => Record("originate", 'C', 1, Entity, 1),
        Deed.Amend => Record("amend", 'U', 3, Entity, 3),
        Deed.Retract => Record("deprecate", 'D', 14, Entity, 4),
        Deed.Activate => Record("reactivate", 'U', 3, Entity, 10),
        Deed.Deactivate => Record("amend", 'U', 3, Entity, 11),
        Deed.Attest => Record("attest", 'E', 4, Entity, 3),
        Deed.Access => Record("access", 'R', 6, Web, 2) with { Archived = false },
        Deed.Query => Dicom("110112", null, 'E', 6, Web, 5),
        Deed.Export => Dicom("110106", null, 'R', 10, Web, 7) with { Archived = true, Severity = 2 },
        Deed.Disclose => Record("disclose", 'R', 11, Web, 8) with { Severity = 2 },
        Deed.Grant => Dicom("110113", "110136", 'U', null, Entity, 3),
        Deed.Emergency => Dicom("110113", "110127", 'E', 6, Web, 2) with { Severity = 4 },
        Deed.Hold => Record("hold", 'U', 3, Entity, 12),
        Deed.Unhold => Record("unhold", 'U', 3, Entity, 13),
        Deed.Destroy => Record("destroy", 'D', 15, Entity, 4) with { Severity = 3 },
        Deed.Restore => Record("restore", 'U', 2, Entity, 3) with { Severity = 3 },
        Deed.Secure => Dicom("110113", "110129", 'U', null, Entity, 3) with { Severity = 3 },
        Deed.Run => Dicom("110100", null, 'E', null, Entity, 3),
        Deed.Alarm => Dicom("110113", null, 'E', null, Finding, 1) with { Severity = 5, Outcome = 8 },
        Deed.Fail => Dicom("110100", null, 'E', null, Entity, OtherActivity) with { Severity = 3, Outcome = 8 },
        Deed.Refuse => Dicom("110113", "110132", 'E', null, Entity, OtherActivity) with { Severity = 2, Outcome = 4 },
    };

    private static DeedForm Record(string code, char action, int lifecycle, int @class, int activity) =>
        new(FhirSystem.Lifecycle, code, null, action, lifecycle, 0, (OcsfClass)@class, activity, 1, Archived: true);

    private static DeedForm Dicom(string code, string? subtype, char action, int? lifecycle, int @class, int activity) =>
        new(FhirSystem.Dicom, code, subtype, action, lifecycle, 0, (OcsfClass)@class, activity, 1, Archived: false);
}
