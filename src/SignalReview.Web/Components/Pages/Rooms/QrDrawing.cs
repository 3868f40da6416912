using System.Globalization;
using System.Text;
using QRCoder;

namespace SignalReview.Web.Components.Pages.Rooms;

/// <summary>A QR code as one path of an SVG, in units of its modules.</summary>
/// <param name="Size">Along one side, with the quiet zone that cameras need around it.</param>
/// <param name="Path">The dark modules.</param>
internal sealed record QrDrawing(int Size, string Path)
{
    /// <summary>Read also when a seventh of it is covered by somebody's head: level M.</summary>
    public static QrDrawing Of(Uri address)
    {
        using var code = QRCodeGenerator.GenerateQrCode(address.AbsoluteUri, QRCodeGenerator.ECCLevel.M);
        var modules = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < modules.Count; y++)
        {
            for (var x = 0; x < modules.Count; x++)
            {
                var from = x;
                while (x < modules.Count && modules[y][x])
                {
                    x++;
                }

                if (x > from)
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from}v1h-{x - from}z");
                }
            }
        }

        return new(modules.Count, path.ToString());
    }
}
