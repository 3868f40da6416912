namespace SignalReview.Web.SignIn;

/// <summary>
/// What somebody is in the organisation, from the sign-in. What somebody is in one case (owner, reader, approver of it) stands
/// with the case and is never a claim.
/// </summary>
internal static class Roles
{
    public const string Worker = "worker";
    public const string Facilitator = "facilitator";
    public const string Approver = "approver";
    public const string Coordinator = "coordinator";
    public const string Auditor = "auditor";
    public const string PrivacyOfficer = "privacyOfficer";

    public static readonly IReadOnlyList<string> All = [Worker, Facilitator, Approver, Coordinator, Auditor, PrivacyOfficer];
}
