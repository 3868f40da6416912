namespace SignalReview.Trail.Bundles;

/// <summary>What bag-info.txt says of a bundle: it decides what is checked, and is itself under the signature.</summary>
internal sealed record BundleFacts(BundleScope Scope, RedactionProfile Profile, BundlePeriod? Period, IReadOnlyDictionary<string, string> Fields)
{
    /// <returns>Null when the bundle has a form that this version does not know.</returns>
    public static BundleFacts? Read(IReadOnlyDictionary<string, string> fields)
    {
        var known = fields.GetValueOrDefault("SignalReview-Format") == BundleLayout.Format;
        if (!known || ScopeOf(fields.GetValueOrDefault("SignalReview-Scope")) is not { } scope
            || RedactionProfile.Find(fields.GetValueOrDefault("SignalReview-Profile")) is not { } profile)
        {
            return null;
        }

        BundlePeriod? period = null;
        if (scope == BundleScope.Period)
        {
            if (!BundlePeriod.TryParse(fields.GetValueOrDefault("SignalReview-Period"), out var asked))
            {
                return null;
            }

            period = asked;
        }

        return new(scope, profile, period, fields);
    }

    /// <summary>What is wrong with leaving this body out; null when nothing is.</summary>
    public string? Complaint(OmissionLine omission, DateTimeOffset at) => omission.Reason switch
    {
        BodyOmission.Profile when omission.Profile != Profile.Name => $"the bundle's profile is {Profile.Name}",
        BodyOmission.Profile when Profile == RedactionProfile.Full => "this profile leaves nothing out",
        BodyOmission.Outside when Period is not { } period || period.Contains(at) => "it lies not outside the period",
        BodyOmission.Erased or BodyOmission.Blind or BodyOmission.Closed when Period is { } period && !period.Contains(at) => "it lies outside the period",
        BodyOmission.Profile when Period is { } period && !period.Contains(at) => "it lies outside the period",
        BodyOmission.Erased or BodyOmission.Blind or BodyOmission.Closed or BodyOmission.Profile or BodyOmission.Outside => null,
    };

    /// <summary>What is wrong with this body's being there; null when nothing is.</summary>
    public string? ComplaintOfBody(DateTimeOffset at) =>
        Profile == RedactionProfile.NoBodies ? "this profile has no bodies"
        : Period is { } period && !period.Contains(at) ? "it lies outside the period"
        : null;

    private static BundleScope? ScopeOf(string? name)
    {
        foreach (var scope in Enum.GetValues<BundleScope>())
        {
            if (BundleLayout.NameOf(scope) == name)
            {
                return scope;
            }
        }

        return null;
    }
}
