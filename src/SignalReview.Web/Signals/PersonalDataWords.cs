using SignalReview.Signals;
using SignalReview.Web.Localization;

namespace SignalReview.Web.Signals;

/// <summary>What a warning about personal data says, and what is put in place of the words.</summary>
internal sealed class PersonalDataWords(Texts texts)
{
    public string Warning(PersonalDataFinding finding) => texts[$"NewSignal.Found.{finding.Kind}", finding.Text];

    public string Action(PersonalDataFinding finding, string pseudonym) => texts["NewSignal.ReplaceBy", Replacement(finding.Kind, pseudonym)];

    /// <summary>A person becomes the pseudonym; what belongs to a person is left out and named by its kind.</summary>
    public string Replacement(PersonalDataKind kind, string pseudonym) =>
        kind is PersonalDataKind.Name or PersonalDataKind.Handle ? pseudonym : texts[$"NewSignal.Instead.{kind}"];
}
