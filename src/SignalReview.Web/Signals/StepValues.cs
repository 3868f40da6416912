using System.Security.Cryptography;
using System.Text;

namespace SignalReview.Web.Signals;

/// <summary>What stands in the fields of one step: of a form that came in, or of a draft.</summary>
internal sealed class StepValues
{
    private readonly Dictionary<string, string> byPath;

    private StepValues(SignalStep step, Dictionary<string, string> byPath)
    {
        Step = step;
        this.byPath = byPath;
    }

    public SignalStep Step { get; }

    public string this[SignalField field] => byPath.GetValueOrDefault(field.Path, "");

    /// <summary>
    /// Names this state of the step. A form carries the name of the state it was made from, so that a change made elsewhere is seen, and
    /// one of another step is not in the way.
    /// </summary>
    public string Fingerprint
    {
        get
        {
            using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var asked in SignalFields.Of(Step))
            {
                sha.AppendData(Encoding.UTF8.GetBytes($"{asked.Path}\n{this[asked].Length}\n{this[asked]}\n"));
            }

            return Convert.ToHexStringLower(sha.GetHashAndReset().AsSpan(0, 16));
        }
    }

    public static StepValues Of(SignalStep step, SignalDraft draft) =>
        new(step, SignalFields.Of(step).ToDictionary(field => field.Path, field => field.Read(draft), StringComparer.Ordinal));

    /// <summary>A box that was not ticked and a choice that was not made are not in the form at all.</summary>
    public static StepValues Of(SignalStep step, IFormCollection form) => new(
        step,
        SignalFields.Of(step).ToDictionary(
            field => field.Path,
            field => string.Join('\n', form[field.Path].Where(value => !string.IsNullOrEmpty(value))).ReplaceLineEndings("\n"),
            StringComparer.Ordinal));

    public StepValues With(SignalField field, string value) =>
        new(Step, new Dictionary<string, string>(byPath, StringComparer.Ordinal) { [field.Path] = value });

    /// <summary>The draft with these values in it; <paramref name="unreadable"/> names the fields that could not be read.</summary>
    public SignalDraft WriteTo(SignalDraft draft, out IReadOnlyList<SignalField> unreadable)
    {
        var failed = new List<SignalField>();
        foreach (var field in SignalFields.Of(Step))
        {
            if (field.Write(draft, this[field]) is { } written)
            {
                draft = written;
            }
            else
            {
                failed.Add(field);
            }
        }

        unreadable = failed;
        return draft;
    }
}
