using System.Globalization;

namespace SignalReview.Trail;

/// <summary>
/// ECMAScript's Number-to-string (ECMA-262 §6.1.6.1.20), which RFC 8785 prescribes. .NET finds the same shortest digits that
/// read back as the same double, but lays them out in another way.
/// </summary>
internal static class EcmaScriptNumber
{
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new FormatException("NaN and infinities have no JSON form.");
        }

        if (value == 0)
        {
            return "0"; // also for −0
        }

        var (digits, point) = Digits(Math.Abs(value));
        return (value < 0 ? "-" : "") + Lay(digits, point);
    }

    /// <summary>The value is 0.d₁d₂…dₖ × 10^point.</summary>
    private static (string Digits, int Point) Digits(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var exponent = 0;
        var e = text.IndexOf('E', StringComparison.Ordinal);
        if (e >= 0)
        {
            exponent = int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..e];
        }

        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var whole = dot < 0 ? text.Length : dot;
        var digits = dot < 0 ? text : text.Remove(dot, 1);
        var leading = digits.Length - digits.TrimStart('0').Length;
        return (digits.Trim('0'), whole + exponent - leading);
    }

    private static string Lay(string digits, int point)
    {
        var count = digits.Length;
        if (point is > 0 and <= 21)
        {
            return count <= point ? digits.PadRight(point, '0') : digits.Insert(point, ".");
        }

        if (point is > -6 and <= 0)
        {
            return "0." + new string('0', -point) + digits;
        }

        var exponent = (point - 1).ToString("+0;-0", CultureInfo.InvariantCulture);
        return (count == 1 ? digits : digits.Insert(1, ".")) + "e" + exponent;
    }
}
