using SignalReview.Privacy;
using SignalReview.Privacy.Retention;
using SignalReview.Web.Localization;

namespace SignalReview.Web.Components.Pages.Privacy;

/// <summary>Periods and rules as people say them.</summary>
internal static class RetentionWords
{
    private const int MonthsOfYear = 12;

    /// <summary>"20 jaar", "18 maanden", "42 dagen".</summary>
    public static string Of(this Texts texts, CalendarPeriod period)
    {
        var parts = new List<string>();
        if (period.Months > 0)
        {
            parts.Add(period.Months % MonthsOfYear == 0 ? texts["Retention.Years", period.Months / MonthsOfYear]
                : period.Months == 1 ? texts["Retention.OneMonth"]
                : texts["Retention.MonthsLong", period.Months]);
        }

        if (period.Days > 0)
        {
            parts.Add(texts["Retention.DaysLong", period.Days]);
        }

        return string.Join(" + ", parts);
    }

    public static string Keep(this Texts texts, RetentionRule rule) => rule.Age is { } age
        ? texts["Retention.RuleKeepAge", texts.Of(rule.Keep), texts.Of(rule.From), age]
        : texts["Retention.RuleKeepValue", texts.Of(rule.Keep), texts.Of(rule.From)];

    /// <summary>Which cases a rule is about.</summary>
    public static string For(this Texts texts, RetentionRules rules, RetentionCondition when, string language)
    {
        string[] parts =
        [
            .. when.States is { } states ? [string.Join(", ", states.Order().Select(texts.Of))] : Array.Empty<string>(),
            .. when.Subjects is { } subjects ? [string.Join(", ", subjects.Order().Select(texts.Of))] : Array.Empty<string>(),
            .. when.Outcomes is { } outcomes ? [string.Join(", ", outcomes.Order().Select(texts.Of))] : Array.Empty<string>(),
            .. when.Grounds is { } grounds ? [string.Join(", ", rules.Grounds.Where(g => grounds.Contains(g.Id)).Select(g => g.Name.In(language)))] : Array.Empty<string>(),
        ];
        return parts.Length == 0 ? texts["Retention.RuleAll"] : string.Join("; ", parts);
    }
}
