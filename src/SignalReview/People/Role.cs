namespace SignalReview.People;

/// <summary>What the organisation trusts a person with. What a person may do in one case follows from <see cref="Cases.CaseFile"/>.</summary>
public enum Role
{
    /// <summary>Submits signals, reads, joins rooms.</summary>
    Worker,

    /// <summary>May lead rooms.</summary>
    Facilitator,

    /// <summary>May approve the decisions of others.</summary>
    Approver,

    /// <summary>Sees workload and deadlines, replaces readers, transfers cases.</summary>
    Coordinator,

    /// <summary>Reads and exports trails.</summary>
    Auditor,

    /// <summary>Handles legality stops, access requests and erasure.</summary>
    PrivacyOfficer,
}
