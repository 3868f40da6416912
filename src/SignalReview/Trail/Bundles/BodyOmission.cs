namespace SignalReview.Trail.Bundles;

/// <summary>Why an event's body is not in the bundle. Its header and what proves it always are.</summary>
internal enum BodyOmission
{
    /// <summary>The body no longer exists: it was deleted, and its dossier's key destroyed.</summary>
    Erased,

    /// <summary>A reading or vote that was not revealed when the bundle was made.</summary>
    Blind,

    /// <summary>Not to be read by whoever exported: the case was stopped for legality, or is still somebody's draft.</summary>
    Closed,

    /// <summary>Left out by the profile under which the bundle was made.</summary>
    Profile,

    /// <summary>The event lies outside the bundle's period, and is there for the proof only.</summary>
    Outside,
}

/// <summary>A line of <see cref="BundleLayout.Omitted"/>: <c>{"id":…,"reason":…}</c>, and for a profile its name between.</summary>
internal readonly record struct OmissionLine(Guid Id, BodyOmission Reason, string? Profile)
{
    private const int IdLength = 36;

    public static string NameOf(BodyOmission omission) => omission switch
    {
        BodyOmission.Erased => "erased",
        BodyOmission.Blind => "blind",
        BodyOmission.Closed => "closed",
        BodyOmission.Profile => "profile",
        BodyOmission.Outside => "outside",
    };

    public override string ToString() => Profile is null
        ? $"{{\"id\":\"{Id:D}\",\"reason\":\"{NameOf(Reason)}\"}}"
        : $"{{\"id\":\"{Id:D}\",\"profile\":\"{Profile}\",\"reason\":\"{NameOf(Reason)}\"}}";

    /// <summary>Reads exactly what <see cref="ToString"/> gives.</summary>
    public static bool TryParse(ReadOnlySpan<char> line, out OmissionLine omission)
    {
        omission = default;
        const string head = "{\"id\":\"";
        if (!line.StartsWith(head, StringComparison.Ordinal)
            || line.Length < head.Length + IdLength
            || !Guid.TryParseExact(line.Slice(head.Length, IdLength), "D", out var id))
        {
            return false;
        }

        foreach (var reason in Enum.GetValues<BodyOmission>())
        {
            if (reason != BodyOmission.Profile)
            {
                omission = new(id, reason, null);
                if (line.SequenceEqual(omission.ToString()))
                {
                    return true;
                }
            }
        }

        foreach (var profile in RedactionProfile.All)
        {
            omission = new(id, BodyOmission.Profile, profile.Name);
            if (line.SequenceEqual(omission.ToString()))
            {
                return true;
            }
        }

        return false;
    }
}
