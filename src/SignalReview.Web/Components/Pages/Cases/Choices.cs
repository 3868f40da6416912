using SignalReview.Storage;
using SignalReview.Web.Components.Kit;
using SignalReview.Web.Localization;

namespace SignalReview.Web.Components.Pages.Cases;

/// <summary>Enumerations as fields: their values as in JSON, their words from the texts.</summary>
internal static class Choices
{
    public static string Value<TEnum>(TEnum member)
        where TEnum : struct, Enum
        => Enums.Text(member);

    public static TEnum? Find<TEnum>(string? value)
        where TEnum : struct, Enum
    {
        foreach (var member in Enum.GetValues<TEnum>())
        {
            if (string.Equals(Enums.Text(member), value, StringComparison.Ordinal))
            {
                return member;
            }
        }

        return null;
    }

    public static IReadOnlyList<Option> All<TEnum>(Texts texts, Func<TEnum, string?>? hint = null)
        where TEnum : struct, Enum
        => [.. Enum.GetValues<TEnum>().Select(member => new Option(Value(member), texts.Of(member), hint?.Invoke(member)))];
}
