using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SignalReview.Trail;
using SignalReview.Trail.Bundles;
using SignalReview.Workflow;
using SignalReview.Workflow.Preview;

namespace SignalReview.Cli;

/// <summary>
/// <c>signalreview workflow preview NEW.json --bundle PATH</c>: what a definition would have asked in a past case. Reads the steps out of the
/// bundle; what people wrote is not looked at. Whether the bundle is genuine, <c>verify</c> says.
/// </summary>
internal static class PreviewCommand
{
    private const string BodyFolder = "data/bodies/";

    public static Command Create()
    {
        var path = new Argument<FileInfo>("NEW") { Description = "The new definition (*.json)" };
        path.AcceptExistingOnly();
        var bundle = new Option<FileSystemInfo>("--bundle") { Description = "A bundle of a past case: the zip, or the folder where it was unpacked", Required = true };
        bundle.AcceptExistingOnly();
        var old = new Option<FileInfo>("--old") { Description = "The definition that the case ran on; without it the shipped one of that version, if it is that" };
        old.AcceptExistingOnly();
        var preview = new Command("preview", "Says what a new version would have asked differently in a past case.") { path, bundle, old };
        preview.SetAction((result, ct) => RunAsync(
            result.GetRequiredValue(path), result.GetRequiredValue(bundle), result.GetValue(old), result.InvocationConfiguration.Output, ct));
        return preview;
    }

    private static async Task<int> RunAsync(FileInfo path, FileSystemInfo bundle, FileInfo? old, TextWriter output, CancellationToken ct)
    {
        if (Read(path, output) is not { } definition || (old is not null && Read(old, output) is null))
        {
            return ExitCodes.Failed;
        }

        try
        {
            var flows = bundle is DirectoryInfo folder ? await FolderAsync(folder, ct) : await ZipAsync((FileInfo)bundle, ct);
            if (flows.Count == 0)
            {
                await output.WriteLineAsync("This bundle holds no step of a workflow.");
                return ExitCodes.Failed;
            }

            foreach (var past in flows)
            {
                var before = old is null ? Shipped(past.Policy) : Read(old, output);
                PreviewOutput.Write(definition, FlowPreview.Of(definition, before, past, TeamCalendar.Office), output);
            }

            return ExitCodes.Ok;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or JsonException or FormatException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync($"{bundle.Name} cannot be read as a bundle: {e.Message}");
            return ExitCodes.Usage;
        }
    }

    private static WorkflowDefinition? Read(FileInfo file, TextWriter output)
    {
        var (definitions, _, problems) = DefinitionLibrary.Check(file.FullName);
        foreach (var problem in problems)
        {
            output.WriteLine(problem);
        }

        return problems.IsEmpty && definitions.Length == 1 ? definitions[0] : null;
    }

    private static WorkflowDefinition? Shipped(string policy) =>
        DefinitionLibrary.Shipped().All.FirstOrDefault(d => policy == string.Create(CultureInfo.InvariantCulture, $"{d.DefinitionId}@{d.Version}"));

    private static async Task<IReadOnlyList<PastFlow>> FolderAsync(DirectoryInfo folder, CancellationToken ct)
    {
        await using var headers = File.OpenRead(Path.Combine(folder.FullName, BundleLayout.Headers));
        return await FlowsAsync(headers, async id =>
        {
            var file = Path.Combine(folder.FullName, BodyFolder, $"{id:D}.json");
            return File.Exists(file) ? await File.ReadAllBytesAsync(file, ct) : null;
        }, ct);
    }

    private static async Task<IReadOnlyList<PastFlow>> ZipAsync(FileInfo file, CancellationToken ct)
    {
        await using var stream = file.OpenRead();
        var findings = new List<Finding>();
        using var archive = BundleArchive.Open(stream, findings.Add);
        if (archive is null || !archive.Contains(BundleLayout.Headers))
        {
            throw new InvalidDataException(findings.Count > 0 ? $"{findings[0].Code} {findings[0].Detail}" : $"{BundleLayout.Headers} is missing");
        }

        await using var headers = archive.OpenRead(BundleLayout.Headers);
        return await FlowsAsync(headers, async id => archive.Contains(BundleLayout.Body(id)) ? await archive.ReadAsync(BundleLayout.Body(id), ct) : null, ct);
    }

    private static async Task<IReadOnlyList<PastFlow>> FlowsAsync(Stream headers, Func<Guid, Task<byte[]?>> bodyOf, CancellationToken ct)
    {
        var past = new PastFlowReader();
        using var lines = new StreamReader(headers);
        while (await lines.ReadLineAsync(ct) is { } line)
        {
            var header = EventHeader.Parse(System.Text.Encoding.UTF8.GetBytes(line));
            var bytes = PastFlowReader.NeedsBody(header.Type) ? await bodyOf(header.Id) : null;
            using var body = bytes is null ? null : JsonDocument.Parse(bytes);
            past.Add(header.Type, header.At, header.Policy, body is not null && body.RootElement.Has("body", out var inner) ? inner : null);
        }

        return past.Read();
    }
}
