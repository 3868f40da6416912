namespace SignalReview.Privacy.AccessRequests;

/// <summary>Who asks.</summary>
public enum Requester
{
    YoungPerson,

    /// <summary>A parent with authority, or a guardian.</summary>
    Parent,

    /// <summary>Somebody whom the young person, or the law, authorised.</summary>
    Representative,
}

/// <summary>How it was made sure that the requester is who they say.</summary>
public enum IdentityCheck
{
    /// <summary>A document was seen; no copy is kept.</summary>
    SeenDocument,
    KnownInPerson,

    /// <summary>By an official sign-in.</summary>
    Official,
    NotChecked,
}

/// <summary>Where a request stands.</summary>
public enum AccessState { Registered, Granted, Refused, Answered }

/// <summary>Where the file of one case stands.</summary>
public enum AccessFileState
{
    /// <summary>A privacy officer marks what is about others.</summary>
    Marking,

    /// <summary>It was made and waits for the second person.</summary>
    Proposed,

    /// <summary>It can be given out.</summary>
    Approved,

    /// <summary>The server no longer has it.</summary>
    Expired,
}

/// <summary>Why something is not in what the requester gets.</summary>
public enum MarkKind
{
    /// <summary>Tells who another young person, a relative or a bystander is.</summary>
    OtherPerson,

    /// <summary>Tells who a colleague is.</summary>
    Colleague,

    /// <summary>Tells something about another.</summary>
    AboutOther,
}

/// <summary>How a colleague is named.</summary>
public enum ColleagueNaming
{
    /// <summary>"een lezer"</summary>
    Role,

    /// <summary>"collega B"; in a case whose people are not named, by their role all the same.</summary>
    Letter,
}
