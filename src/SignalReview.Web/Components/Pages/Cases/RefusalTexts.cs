using System.Globalization;
using SignalReview.Cases;
using SignalReview.Rooms;
using SignalReview.Web.Components.Kit;
using SignalReview.Web.Localization;

namespace SignalReview.Web.Components.Pages.Cases;

/// <summary>Says of a refusal what, why and what now; and of each field what is wrong with it.</summary>
internal sealed partial class RefusalTexts(Texts texts)
{
    public string Title(Refusal refusal) => texts[$"Refusals.{refusal.Code}.Title"];

    public string Why(Refusal refusal) => texts[$"Refusals.{refusal.Code}.Detail"];

    public string WhatNow(Refusal refusal) => texts[$"Refusals.{refusal.Code}.Next"];

    public FormErrors Errors(Refusal? refusal)
    {
        var errors = new FormErrors();
        foreach (var problem in refusal?.Fields ?? [])
        {
            errors.Add(problem.Path, Message(problem));
        }

        return errors;
    }

    /// <summary>As exact as there are words for it: of this field, of what it is called, of the kind of fault.</summary>
    private string Message(FieldProblem problem)
    {
        var path = Index().Replace(problem.Path, "");
        if (texts.Find($"Refusals.field.{path}.{problem.Code}") is { } exact)
        {
            return exact;
        }

        var general = texts[$"Refusals.field.{problem.Code}"];
        return (texts.Find($"Fields.{path}") ?? OptionOf(path)) is { } name ? texts["Fields.Message", name, char.ToLower(general[0], CultureInfo.CurrentCulture) + general[1..]] : general;
    }

    /// <summary>What is given to each option has a field for each: "scores.talk".</summary>
    private string? OptionOf(string path) =>
        path.Split('.') is ["scores" or "ranking", var option] && Choices.Find<VoteOption>(option) is { } chosen ? texts.Of(chosen) : null;

    [System.Text.RegularExpressions.GeneratedRegex(@"\[\d+\]", System.Text.RegularExpressions.RegexOptions.None, 1000)]
    private static partial System.Text.RegularExpressions.Regex Index();
}
