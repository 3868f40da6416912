using System.Collections;
using System.IO.Compression;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SignalReview.Cases;
using SignalReview.Trail;

namespace SignalReview.Tests.Privacy;

/// <summary>Twenty strings that occur nowhere else, planted in whatever people write, and looked for in every byte that is left.</summary>
internal sealed class Marks
{
    /// <summary>Names, scripts, signs that are escaped in one way or another, and one that is all digits.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "Mrkzwaluw01", "Mrkélodie02", "Mrk'aanhaal03", "Mrk\"dubbel04", "Mrk\\schuin05", "Mrk<haak>06", "Mrk&en07", "Mrk😀lach08", "Mrkсемь09", "Mrkقلب10",
        "Mrk日本11", "Mrkß—streep12", "0612345678903713", "Mrk@handle14", "https://mrk.example/15?a=b", "MRKHOOFD16", "mrkklein17", "Mrk+plus18", "Mrk%procent19", "Mrk🏳️‍🌈vlag20",
    ];

    /// <summary>No text that people write: names of things in a definition, codes, hashes.</summary>
    private static readonly HashSet<string> NoText = new(StringComparer.Ordinal)
    {
        "SubmitSignalCommand.workflow", "MovePhaseCommand.from", "MovePhaseCommand.to", "ExtendDeadlineCommand.node", "PauseDeadlineCommand.node", "ResumeDeadlineCommand.node",
        "AttachImageCommand.originalSha256", "EraseByRuleCommand.rule", "OpenEmergencyCommand.case", "SetGroundCommand.ground",
    };

    /// <summary>
    /// In no case's dossier: the organisation's own work, and requests for access, which have a dossier of their own. What a request holds of a case lies under the
    /// case's key, and goes with it.
    /// </summary>
    private static readonly HashSet<string> NoCase = new(StringComparer.Ordinal)
    {
        "DrawSampleCommand", "AskExportCommand", "JudgeExportCommand", "ProposeRulesCommand", "ActivateRulesCommand",
        "RegisterAccessCommand", "ExtendAccessCommand", "GrantAccessCommand", "RefuseAccessCommand", "MarkAccessCommand", "MakeAccessFileCommand",
        "JudgeAccessFileCommand", "AnswerAccessCommand",
    };

    /// <summary>In the clear and short: one mark each.</summary>
    private static readonly HashSet<string> Short = new(StringComparer.Ordinal) { "title", "pseudonym", "ageBand", "size", "platform", "tags" };

    private readonly HashSet<string> planted = new(StringComparer.Ordinal);
    private int next;

    /// <summary>The text fields that something was planted in, as "SayCommand.text".</summary>
    public IReadOnlySet<string> Planted => planted;

    /// <summary>Every text field of every command that a person can give.</summary>
    public static IReadOnlySet<string> Fields() => typeof(Start).Assembly.GetTypes()
        .Where(t => t is { IsClass: true, IsAbstract: false, IsPublic: true } && t.IsAssignableTo(typeof(ICommand)) && !NoCase.Contains(t.Name))
        .SelectMany(t => FieldsOf(t, t.Name))
        .Where(f => !NoText.Contains(f))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>All twenty, for a text of one's own.</summary>
    public static string Text(string before = "") => $"{before} {string.Join(' ', All)}".Trim();

    /// <summary>The same command with the marks behind each text in it; a whole signal has every field filled.</summary>
    public T Plant<T>(T command)
    {
        var node = JsonSerializer.SerializeToNode(command, TrailJson.Options)!;
        Walk(node.AsObject(), command!.GetType(), command.GetType().Name);
        return (T)node.Deserialize(command.GetType(), TrailJson.Options)!;
    }

    /// <summary>Which marks stand in these bytes, in any of the ways in which they can be written.</summary>
    public static IReadOnlyList<string> In(ReadOnlySpan<byte> bytes)
    {
        var found = new List<string>();
        foreach (var (mark, forms) in Forms.Value)
        {
            foreach (var form in forms)
            {
                if (bytes.IndexOf(form) >= 0)
                {
                    found.Add(mark);
                    break;
                }
            }
        }

        return found;
    }

    /// <summary>Of each file below a folder, and of each file in each zip, the marks in it.</summary>
    public static IReadOnlyList<(string File, IReadOnlyList<string> Marks)> InFolder(string folder)
    {
        var found = new List<(string, IReadOnlyList<string>)>();
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            file.CopyTo(bytes);
            Add(found, Path.GetRelativePath(folder, path), bytes);
        }

        return found;
    }

    /// <summary>The marks in one stream, unzipped where it is a zip.</summary>
    public static void Add(List<(string File, IReadOnlyList<string> Marks)> found, string name, MemoryStream bytes)
    {
        if (In(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)) is { Count: > 0 } marks)
        {
            found.Add((name, marks));
        }

        if (bytes.Length < 4 || !bytes.GetBuffer().AsSpan(0, 4).SequenceEqual("PK\u0003\u0004"u8))
        {
            return;
        }

        bytes.Position = 0;
        using var zip = new ZipArchive(bytes, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in zip.Entries)
        {
            using var content = new MemoryStream();
            using (var opened = entry.Open())
            {
                opened.CopyTo(content);
            }

            Add(found, $"{name}/{entry.FullName}", content);
        }
    }

    private static readonly Lazy<IReadOnlyList<(string Mark, IReadOnlyList<byte[]> Forms)>> Forms =
        new(() => [.. All.Select(mark => (mark, (IReadOnlyList<byte[]>)[.. FormsOf(mark).DistinctBy(Convert.ToHexString)]))]);

    private static IEnumerable<byte[]> FormsOf(string mark)
    {
        var utf8 = Encoding.UTF8.GetBytes(mark);
        yield return utf8;
        yield return Encoding.Unicode.GetBytes(mark);
        yield return Encoding.BigEndianUnicode.GetBytes(mark);
        var escaped = JsonSerializer.Serialize(mark)[1..^1];
        yield return Encoding.UTF8.GetBytes(escaped);
        yield return Encoding.UTF8.GetBytes(escaped.ToLowerInvariant());
        yield return TrailJson.Canonical(new { mark })[9..^2];
        yield return Encoding.UTF8.GetBytes(WebUtility.HtmlEncode(mark));
        yield return Encoding.UTF8.GetBytes(Uri.EscapeDataString(mark));
        yield return Encoding.UTF8.GetBytes(Convert.ToHexStringLower(utf8));
        yield return Encoding.UTF8.GetBytes(Convert.ToHexString(utf8));
        // Base64 of a longer text: the mark begins at any of three places, and where it does not fill a group of four, that depends on its neighbours.
        for (var shift = 0; shift < 3; shift++)
        {
            var encoded = Convert.ToBase64String([.. new byte[shift], .. utf8]);
            yield return Encoding.UTF8.GetBytes(encoded[(shift == 0 ? 0 : 4)..(encoded[^1] == '=' ? encoded.Length - 4 : encoded.Length)]);
        }
    }

    private static IEnumerable<string> FieldsOf(Type type, string path)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
        {
            var name = $"{path}.{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}";
            var inner = ElementOf(property.PropertyType);
            if (inner == typeof(string))
            {
                yield return name;
            }
            else if (IsRecord(inner))
            {
                foreach (var field in FieldsOf(inner, name))
                {
                    yield return field;
                }
            }
        }
    }

    private static bool IsRecord(Type type) => type is { IsClass: true, IsPublic: true } && type.Assembly == typeof(Start).Assembly && !type.IsAssignableTo(typeof(IEnumerable));

    private static Type ElementOf(Type type) =>
        type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)) ? type.GetGenericArguments()[0] : Nullable.GetUnderlyingType(type) ?? type;

    private void Walk(JsonObject node, Type type, string path)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            var (full, inner) = ($"{path}.{name}", ElementOf(property.PropertyType));
            if (inner == typeof(string) && !NoText.Contains(full))
            {
                var fills = path.StartsWith("SubmitSignalCommand.signal", StringComparison.Ordinal);
                if (property.PropertyType != typeof(string))
                {
                    var items = (node[name] as JsonArray ?? []).Select(i => i!.GetValue<string>()).ToList();
                    node[name] = new JsonArray([.. (items.Count == 0 && fills ? [""] : items).Select(i => (JsonNode)Marked(full, name, i))]);
                }
                else if (node[name] is JsonValue value || fills)
                {
                    node[name] = Marked(full, name, node[name]?.GetValue<string>() ?? "");
                }
            }
            else if (IsRecord(inner) && node[name] is JsonObject child)
            {
                Walk(child, inner, full);
            }
            else if (IsRecord(inner) && node[name] is JsonArray children)
            {
                children.OfType<JsonObject>().ToList().ForEach(c => Walk(c, inner, full));
            }
        }
    }

    private string Marked(string path, string name, string text)
    {
        planted.Add(path);
        return Short.Contains(name) ? $"{text} {All[next++ % All.Count]}".Trim() : Text(text);
    }
}
