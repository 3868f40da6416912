namespace SignalReview.People;

/// <summary>Who acts, as the claims say: never taken from a payload.</summary>
/// <param name="Person">The person's opaque id.</param>
/// <param name="Roles">The roles that the identity provider vouches for.</param>
/// <param name="Client">The kind of door: "web", "api", "hub", "cli" or "system".</param>
public sealed record Actor(PersonId Person, IReadOnlySet<Role> Roles, string Client)
{
    /// <summary>The workflow and its deadlines.</summary>
    public static Actor System { get; } = new(PersonId.System, new HashSet<Role>(), "system");

    public bool Is(Role role) => Roles.Contains(role);
}
