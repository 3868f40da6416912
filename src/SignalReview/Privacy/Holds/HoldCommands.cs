using SignalReview.Cases;

namespace SignalReview.Privacy.Holds;

/// <summary>Why nothing of a case may be erased for now.</summary>
public enum HoldGround
{
    /// <summary>Somebody claims something, or will: a court case or a dispute.</summary>
    Claim,

    /// <summary>A complaint is being handled.</summary>
    Complaint,

    /// <summary>The police, the public prosecutor or an inspectorate investigates.</summary>
    Investigation,

    /// <summary>A disciplinary body or a supervisory authority looks into it.</summary>
    Supervision,
    Other,
}

/// <summary>Nothing of the case may be erased while this stands.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Ground">Of what kind.</param>
/// <param name="Reason">Why; it goes with the case when that is erased after all.</param>
/// <param name="ForWhom">Who asked for it, or for whom it is kept.</param>
/// <param name="Until">The last day on which it stands; null: until it is lifted.</param>
public sealed record PlaceHoldCommand(Guid CommandId, HoldGround? Ground, string? Reason, string? ForWhom = null, DateOnly? Until = null) : ICommand;

/// <summary>The hold ends.</summary>
/// <param name="CommandId">Made by the client.</param>
/// <param name="Hold">Which.</param>
/// <param name="Reason">Why it is over.</param>
public sealed record LiftHoldCommand(Guid CommandId, Guid Hold, string? Reason) : ICommand;

/// <summary>The body of <c>hold.placed</c>.</summary>
internal sealed record HoldPlacedBody(Guid Hold, HoldGround Ground, string Reason, string? ForWhom, DateOnly? Until);

/// <summary>The body of <c>hold.lifted</c>.</summary>
internal sealed record HoldLiftedBody(Guid Hold, string Reason);
