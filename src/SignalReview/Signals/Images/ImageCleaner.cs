using System.Security.Cryptography;
using SkiaSharp;

namespace SignalReview.Signals.Images;

/// <summary>An image as it is kept: decoded and drawn anew, so that nothing but its pixels is left.</summary>
/// <param name="Jpeg">What is kept.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="OriginalSha256">Of what was sent, lower-case hex.</param>
/// <param name="KeptSha256">Of <paramref name="Jpeg"/>, lower-case hex.</param>
internal sealed record CleanImage(byte[] Jpeg, int Width, int Height, string OriginalSha256, string KeptSha256);

/// <summary>Takes metadata (camera, place, time, thumbnails) off an image by re-encoding it.</summary>
internal static class ImageCleaner
{
    /// <summary>Largest file, in bytes.</summary>
    public const int MostBytes = 10 * 1024 * 1024;

    /// <summary>Largest picture, in pixels: a small file can unpack to a very large one.</summary>
    private const long MostPixels = 50_000_000;

    private const int LongestSide = 2048;
    private const int Quality = 85;

    /// <returns>Null when the bytes are no image that can be read, or one too large to unpack.</returns>
    public static CleanImage? Clean(byte[] original)
    {
        using var data = SKData.CreateCopy(original);
        using var codec = SKCodec.Create(data);
        if (codec is null || (long)codec.Info.Width * codec.Info.Height is 0 or > MostPixels)
        {
            return null;
        }

        using var decoded = SKBitmap.Decode(codec);
        if (decoded is null)
        {
            return null;
        }

        using var surface = Draw(decoded, codec.EncodedOrigin);
        using var image = surface.Snapshot();
        using var encoded = image.Encode(SKEncodedImageFormat.Jpeg, Quality);
        var jpeg = encoded.ToArray();
        return new(jpeg, image.Width, image.Height, Hash(original), Hash(jpeg));
    }

    /// <summary>Draws upright and not larger than a screen; on white, for what was transparent.</summary>
    private static SKSurface Draw(SKBitmap bitmap, SKEncodedOrigin origin)
    {
        var turned = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var (width, height) = turned ? (bitmap.Height, bitmap.Width) : (bitmap.Width, bitmap.Height);
        var scale = Math.Min(1f, (float)LongestSide / Math.Max(width, height));
        var surface = SKSurface.Create(new SKImageInfo(Math.Max(1, (int)(width * scale)), Math.Max(1, (int)(height * scale))));
        var canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        canvas.Scale(scale);
        var matrix = Upright(origin, width, height);
        canvas.Concat(in matrix);
        using var paint = new SKPaint { IsAntialias = true };
        using var picture = SKImage.FromBitmap(bitmap);
        canvas.DrawImage(picture, 0, 0, new SKSamplingOptions(SKCubicResampler.Mitchell), paint);
        return surface;
    }

    /// <summary>The eight orientations of EXIF, as a matrix onto a canvas of the upright size.</summary>
    private static SKMatrix Upright(SKEncodedOrigin origin, float width, float height) => origin switch
    {
        SKEncodedOrigin.TopRight => new(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new(0, -1, width, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new(0, -1, width, -1, 0, height, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, height, 0, 0, 1),
        _ => SKMatrix.Identity,
    };

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
