using System.Text.Json;
using MetadataExtractor;
using SignalReview.Cases;
using SignalReview.Signals;
using SignalReview.Signals.Images;
using SkiaSharp;

namespace SignalReview.Tests.Signals;

[TestFixture]
internal sealed class ImageTests
{
    private CaseWorld world = null!;

    [SetUp]
    public async Task Start() => world = await (await CaseWorld.StartAsync()).DraftAsync();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task An_image_is_kept_as_its_pixels_and_given_to_readers()
    {
        var attached = await Attach(Photo(64, 32), "Een zwart beeld met witte tekst.");
        attached.ShouldBeDone();
        await world.DoAsync(world.Submitter, new SubmitSignalCommand(world.NewId(), world.Signal()));
        var reader = (await world.ReadersAsync())[0];

        var given = await world.Get<ImageReads>().ReadAsync(reader, world.Case, attached.Created!.Value, CancellationToken.None);

        using var bitmap = SKBitmap.Decode(given);
        Assert.That((bitmap.Width, bitmap.Height), Is.EqualTo((64, 32)));
        Assert.That(await world.CountAsync("case.read"), Is.EqualTo(1), "that it was looked at is in the trail");
    }

    [Test]
    public void Place_camera_and_time_are_gone()
    {
        var original = WithExif(Photo(40, 40));
        Assert.That(Exif(original), Is.Not.Empty, "the test's own photograph must carry metadata");
        Assert.That(Exif(ImageCleaner.Clean(original)!.Jpeg), Is.Empty);
    }

    [Test]
    public void A_photograph_taken_sideways_is_kept_upright()
    {
        var clean = ImageCleaner.Clean(WithExif(Photo(60, 20)))!; // orientation 6: turn a quarter to the right
        using var bitmap = SKBitmap.Decode(clean.Jpeg);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((clean.Width, clean.Height), Is.EqualTo((20, 60)));
            Assert.That(bitmap.GetPixel(10, 5).Red, Is.GreaterThan(200), "left of the sensor is up");
            Assert.That(bitmap.GetPixel(10, 55).Blue, Is.GreaterThan(200), "right of the sensor is down");
        }
    }

    [Test]
    public void A_large_photograph_is_made_screen_sized() =>
        Assert.That(ImageCleaner.Clean(Photo(4000, 1000)), Has.Property("Width").EqualTo(2048).And.Property("Height").EqualTo(512));

    [Test]
    public async Task Six_images_are_enough_and_one_has_a_size()
    {
        (await Attach(new byte[ImageCleaner.MostBytes + 1], "Te groot.")).ShouldMiss("image tooLarge");
        for (var i = 0; i < 6; i++)
        {
            (await Attach(Photo(8, 8), $"Beeld {i}.")).ShouldBeDone();
        }

        (await Attach(Photo(8, 8), "Nog een.")).ShouldBeRefused("too-many-images");
    }

    [Test]
    public async Task Description_first() => (await Attach(Photo(8, 8), " ")).ShouldMiss("description required");

    [TestCase("this is no image")]
    [TestCase("")]
    public async Task What_is_no_image_is_refused(string text) =>
        (await Attach(System.Text.Encoding.UTF8.GetBytes(text), "Een beeld.")).ShouldMiss("image notAnImage");

    [Test]
    public async Task Of_an_intimate_image_of_a_minor_nothing_is_taken_in()
    {
        await world.Get<DraftStore>().SaveAsync(
            world.Submitter, world.Case, DraftKind.Signal, JsonSerializer.SerializeToElement(new { intimateImageOfMinor = true }), 0, CancellationToken.None);
        (await Attach(Photo(8, 8), "Een beeld.")).ShouldBeRefused("image-not-allowed");
    }

    [Test]
    public async Task Marked_so_after_the_upload_it_is_taken_away_at_submission()
    {
        var attached = await Attach(Photo(8, 8), "Een beeld.");
        await world.DoAsync(world.Submitter, new SubmitSignalCommand(world.NewId(), world.Signal() with { IntimateImageOfMinor = true }));
        Assert.That((await world.FileAsync()).Images, Is.Empty);
        Assert.That(await world.CountAsync("image.removed"), Is.EqualTo(1));
        Assert.That(await world.Get<ImageReads>().ReadAsync(world.Submitter, world.Case, attached.Created!.Value, CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task The_submitter_takes_it_away_again_nobody_else()
    {
        var attached = await Attach(Photo(8, 8), "Een beeld.");
        await world.DoAsync(world.Submitter, new SubmitSignalCommand(world.NewId(), world.Signal()));
        var command = new RemoveImageCommand(world.NewId(), attached.Created!.Value);
        Assert.That((await world.Get<RemoveImage>().RunAsync((await world.ReadersAsync())[0], world.Case, command, CancellationToken.None)).Done, Is.False);
        Assert.That((await world.Get<RemoveImage>().RunAsync(world.Submitter, world.Case, command, CancellationToken.None)).Done, Is.True);
        Assert.That((await world.FileAsync()).Images, Is.Empty);
    }

    [Test]
    public async Task Who_does_not_see_the_whole_signal_gets_no_image()
    {
        var attached = await Attach(Photo(8, 8), "Een beeld.");
        await world.DoAsync(world.Submitter, new SubmitSignalCommand(world.NewId(), world.Signal()));
        foreach (var outsider in new[] { world.Coordinator, CaseWorld.Colleague(10), CaseWorld.Colleague(11) })
        {
            Assert.That(await world.Get<ImageReads>().ReadAsync(outsider, world.Case, attached.Created!.Value, CancellationToken.None), Is.Null);
        }
    }

    private Task<CommandResult> Attach(byte[] image, string description) =>
        world.Get<AttachImage>().RunAsync(world.Submitter, world.Case, world.NewId(), description, image, CancellationToken.None);

    /// <summary>Red on the left, blue on the right.</summary>
    private static byte[] Photo(int width, int height)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, height));
        using var red = new SKPaint { Color = SKColors.Red };
        using var blue = new SKPaint { Color = SKColors.Blue };
        surface.Canvas.DrawRect(0, 0, width / 2f, height, red);
        surface.Canvas.DrawRect(width / 2f, 0, width / 2f, height, blue);
        using var image = surface.Snapshot();
        return image.Encode(SKEncodedImageFormat.Jpeg, 95).ToArray();
    }

    /// <summary>The photograph with a camera's name and a quarter turn in its EXIF (TIFF, little endian: Make and Orientation).</summary>
    private static byte[] WithExif(byte[] jpeg)
    {
        byte[] tiff =
        [
            (byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0,
            2, 0,
            0x0F, 0x01, 2, 0, 4, 0, 0, 0, (byte)'C', (byte)'a', (byte)'m', 0,
            0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0,
            0, 0, 0, 0,
        ];
        byte[] exif = [.. "Exif\0\0"u8, .. tiff];
        var length = exif.Length + 2;
        return [.. jpeg[..2], 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. exif, .. jpeg[2..]];
    }

    private static List<string> Exif(byte[] jpeg)
    {
        using var stream = new MemoryStream(jpeg);
        return [.. ImageMetadataReader.ReadMetadata(stream).Where(d => d.Name.Contains("Exif", StringComparison.Ordinal) || d.Name == "GPS").SelectMany(d => d.Tags).Select(t => t.ToString())];
    }
}
