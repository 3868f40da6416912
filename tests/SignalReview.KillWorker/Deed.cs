using System.Globalization;
using SignalReview.Cases;
using SignalReview.People;

namespace SignalReview.KillWorker;

/// <summary>
/// One command as one person gives it. All of its content follows from this record, so the same deed can be done again by the next process: the
/// same command id with the same content.
/// </summary>
/// <param name="What">Which command, such as "vote".</param>
/// <param name="Detail">What else the command needs: a step's name, a colleague, a round.</param>
/// <param name="At">When it was thought of.</param>
internal sealed record Deed(Guid CommandId, CaseId Case, PersonId Person, string What, string Detail, DateTimeOffset At)
{
    private const char Separator = '|';

    public static Deed Parse(string text)
    {
        var parts = text.Split(Separator);
        return new(
            Guid.Parse(parts[0]), new(Guid.Parse(parts[1])), new(Guid.Parse(parts[2])), parts[3], parts[4], DateTimeOffset.Parse(parts[5], CultureInfo.InvariantCulture));
    }

    public override string ToString() =>
        string.Join(Separator, CommandId, Case.Value, Person.Value, What, Detail, At.ToString("O", CultureInfo.InvariantCulture));
}
