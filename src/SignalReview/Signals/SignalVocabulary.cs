namespace SignalReview.Signals;

/// <summary>What a signal is about.</summary>
public enum SubjectKind { Individual, Group, Phenomenon }

/// <summary>How soon colleagues are needed.</summary>
public enum Urgency { None, Days, Today, Acute }

/// <summary>For whom the message was to be seen.</summary>
public enum Visibility { Public, Followers, CloseFriends, ClosedGroup, Direct }

/// <summary>How the worker came to see it. <see cref="Unlawful"/> stops the entry.</summary>
public enum AccessRoute { ProfessionalAccount, ShownByYouth, ToldByPeer, ReportedByThirdParty, Unlawful }
