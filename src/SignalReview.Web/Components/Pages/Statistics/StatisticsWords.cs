using System.Globalization;
using SignalReview.Consultations;
using SignalReview.Rooms;
using SignalReview.Statistics;
using SignalReview.Storage;
using SignalReview.Web.Localization;

namespace SignalReview.Web.Components.Pages.Statistics;

/// <summary>What a view holds, in words.</summary>
internal static class StatisticsWords
{
    public static string Answer(this Texts texts, Variable variable, string name) => variable switch
    {
        Variable.Position => texts.Of(Enums.Parse<ReadingPosition>(name)),
        Variable.Option => texts.Of(Enums.Parse<VoteOption>(name)),
        Variable.Concern or Variable.Confidence or Variable.VoteConcern or Variable.VoteConfidence => name,
    };

    public static string Answer(this Texts texts, Variable variable, CategoryCount count) =>
        count.From == count.To ? texts.Answer(variable, count.From) : texts["Statistics.Range", count.From, count.To];

    public static string Choice(this Texts texts, string? option) => option is null ? texts["Statistics.Abstained"] : texts.Answer(Variable.Option, option);

    /// <summary>In running text.</summary>
    public static string Name(this Texts texts, Variable variable)
    {
        var name = texts[$"Statistics.Variable.{variable}"];
        return char.ToLower(name[0], CultureInfo.CurrentCulture) + name[1..];
    }

    public static string Period(this Texts texts, string period) =>
        period.Length == 4 ? period : texts["Statistics.Quarter", period[..4], period[^1..]];

    public static string Workflow(this Texts texts, string definition) => texts.Find($"Workflows.Name.{definition}") ?? definition;

    public static string Why(this Texts texts, SmallSet why) => texts[$"Statistics.SmallSet.{why}", SmallSets.Fewest];

    /// <summary>A share is a percentage; the other figures run from below 0 to 1.</summary>
    public static string Figure(FigureKind kind, double value) =>
        kind == FigureKind.PercentAgreement ? Percent(value) : value.ToString("F3", CultureInfo.CurrentCulture).Replace('-', '−');

    // Half a percent or less is not nothing.
    public static string Percent(double share) => share is > 0 and < 0.005 ? "<1 %" : string.Create(CultureInfo.CurrentCulture, $"{share * 100:F0} %");
}
