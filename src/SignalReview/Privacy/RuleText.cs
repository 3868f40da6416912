namespace SignalReview.Privacy;

/// <summary>What an organisation wrote in a file of rules, in both languages.</summary>
/// <param name="Nl">Dutch.</param>
/// <param name="En">English.</param>
public sealed record RuleText(string Nl, string En)
{
    /// <param name="language">"en", or anything else for Dutch.</param>
    public string In(string language) => language == "en" ? En : Nl;
}
