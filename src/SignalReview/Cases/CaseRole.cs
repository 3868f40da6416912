namespace SignalReview.Cases;

/// <summary>What a person is in one case; need-to-know follows from it.</summary>
public enum CaseRole
{
    Submitter,
    Owner,
    Facilitator,

    /// <summary>Invited or accepted.</summary>
    Reader,

    /// <summary>Asked to approve the decision.</summary>
    Approver,

    /// <summary>Carries a follow-up action.</summary>
    ActionOwner,

    /// <summary>Opened the case in an emergency, with a reason and for a few hours; reads it, and can do nothing in it.</summary>
    Emergency,

    /// <summary>Sees where the case is and who is asked, not what it says.</summary>
    Coordinator,

    /// <summary>Stops what should not be here; sees where a case is, not what it says.</summary>
    PrivacyOfficer,

    /// <summary>Reads trails.</summary>
    Auditor,
}
