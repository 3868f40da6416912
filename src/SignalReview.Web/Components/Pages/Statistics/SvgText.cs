using System.Globalization;
using System.Net;
using System.Text;

namespace SignalReview.Web.Components.Pages.Statistics;

/// <summary>A picture in the making: every word encoded, every number with a point. It says in words what it shows, by its title and description.</summary>
internal sealed class SvgText
{
    private readonly StringBuilder svg = new();

    public SvgText(string id, double width, double height, string title, string description)
    {
        Add($"<svg class=\"sr-plot__picture\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\">");
        svg.Append(CultureInfo.InvariantCulture, $"<title id=\"{id}-t\">{Encode(title)}</title><desc id=\"{id}-d\">{Encode(description)}</desc>");
    }

    public void Rectangle(string css, double x, double y, double width, double height, double? opacity = null) =>
        Add($"<rect class=\"{css}\" x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{width:0.##}\" height=\"{height:0.##}\"{(opacity is { } o ? FormattableString.Invariant($" fill-opacity=\"{o:0.##}\"") : "")}/>");

    public void Circle(string css, double x, double y, double radius) => Add($"<circle class=\"{css}\" cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"{radius:0.##}\"/>");

    public void Path(string css, string d, double width) => Add($"<path class=\"{css}\" d=\"{d}\" stroke-width=\"{width:0.##}\"/>");

    /// <param name="anchor">start, middle or end.</param>
    public void Text(string css, double x, double y, string text, string anchor = "start") =>
        Add($"<text class=\"{css}\" x=\"{x:0.##}\" y=\"{y:0.##}\" text-anchor=\"{anchor}\">{Encode(text)}</text>");

    public override string ToString() => svg + "</svg>";

    private void Add(FormattableString text) => svg.Append(FormattableString.Invariant(text));

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
