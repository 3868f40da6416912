namespace SignalReview.Privacy;

/// <summary>The files of the folder workflows/retention, as they come with the product.</summary>
internal static class RuleResources
{
    public static byte[] Read(string name)
    {
        using var stream = typeof(RuleResources).Assembly.GetManifestResourceStream($"retention/{name}")
            ?? throw new InvalidOperationException($"The product was built without retention/{name}.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
