namespace SignalReview.Cases;

/// <summary>Gathers what is missing or wrong in a command, field by field.</summary>
internal sealed class FieldCheck
{
    /// <summary>Longest free text, in UTF-16 code units.</summary>
    public const int MostText = 8000;

    /// <summary>Most entries of a list, and the longest entry.</summary>
    public const int MostEntries = 40;

    public const int MostEntry = 500;

    private readonly List<FieldProblem> problems = [];

    public IReadOnlyList<FieldProblem> Problems => problems;

    public void Add(string path, string code) => problems.Add(new(path, code));

    /// <summary>Needs something other than white space, and not more than <see cref="MostText"/>.</summary>
    public void Required(string path, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            Add(path, "required");
        }
        else
        {
            Lengths(path, value);
        }
    }

    public void Required<T>(string path, T? value)
        where T : struct
    {
        if (value is null)
        {
            Add(path, "required");
        }
        else if (value is Enum member && !Enum.IsDefined(typeof(T), member))
        {
            Add(path, "unknown");
        }
    }

    public void Range(string path, int? value, int least, int most, bool required)
    {
        if (value is null)
        {
            if (required)
            {
                Add(path, "required");
            }
        }
        else if (value < least || value > most)
        {
            Add(path, "range");
        }
    }

    public void Lengths(string path, string? value)
    {
        if (value?.Length > MostText)
        {
            Add(path, "tooLong");
        }
        else if (value is not null && HasLoneSurrogate(value))
        {
            Add(path, "unreadable");
        }
    }

    public void Entries(string path, IReadOnlyList<string> entries)
    {
        if (entries.Count > MostEntries)
        {
            Add(path, "tooMany");
        }
        else if (entries.Any(e => e is null || e.Length > MostEntry))
        {
            Add(path, "tooLong");
        }
        else if (entries.Any(HasLoneSurrogate))
        {
            Add(path, "unreadable");
        }
    }

    private static bool HasLoneSurrogate(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(value[i]))
            {
                return true;
            }
        }

        return false;
    }
}
