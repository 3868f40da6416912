using System.CommandLine;
using SignalReview.Privacy;
using SignalReview.Privacy.Retention;
using SignalReview.Storage;
using SignalReview.Workflow;

namespace SignalReview.Cli;

/// <summary>
/// <c>signalreview retention …</c>: what an organisation wants to know of its rules before they run. Nothing is started and no database is
/// needed. Exit code 0 = valid, 1 = invalid, 2 = the command line is wrong.
/// </summary>
internal static class RetentionCommand
{
    public static Command Create() => new("retention", "Check and show the rules for how long cases are kept.")
    {
        Run("check", "Checks a file of retention rules; names place and reason of every problem, and how to mend it.", static (rules, output) =>
            output.WriteLine($"{rules.Label}: valid, {rules.Rules.Length} rules on {rules.Grounds.Length} grounds, sha256 {rules.Head.Sha256}")),
        Run("show", "Tells a file of retention rules in words, and which rule holds for which cases.", Show),
    };

    private static Command Run(string name, string description, Action<RetentionRules, TextWriter> tell)
    {
        var file = new Argument<FileInfo>("file") { Description = "The rules (*.json)." };
        file.AcceptExistingOnly();
        var command = new Command(name, description) { file };
        command.SetAction(result =>
        {
            var output = result.InvocationConfiguration.Output;
            var (rules, problems) = RetentionRulesFile.Check(result.GetRequiredValue(file).FullName);
            if (rules is null)
            {
                Tell(problems, output);
                return ExitCodes.Failed;
            }

            tell(rules, output);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Tell(IReadOnlyCollection<DefinitionProblem> problems, TextWriter output)
    {
        foreach (var problem in problems)
        {
            output.WriteLine(problem);
        }

        output.WriteLine($"{problems.Count} problem(s) found.");
    }

    private static void Show(RetentionRules rules, TextWriter output)
    {
        output.WriteLine($"{rules.Head.Name.En} ({rules.Label})");
        output.WriteLine();
        foreach (var ground in rules.Grounds)
        {
            output.WriteLine($"ground {ground.Id}: {ground.Name.En} [{ground.Source}]{(ground.Id == rules.DefaultGround ? ", when nobody said one" : null)}");
        }

        foreach (var rule in rules.Rules)
        {
            output.WriteLine();
            output.WriteLine($"rule {rule.Id}: {rule.Name.En}");
            output.WriteLine($"  for     {When(rule.When)}");
            output.WriteLine($"  keep    {rule.Keep} from {Enums.Text(rule.From)}{(rule.Age is { } age ? $" {age}" : null)}, then {Enums.Text(rule.Then)}");
            output.WriteLine($"  notice  {rule.NoticeDays} days before, to {string.Join(", ", rule.Tell.Order().Select(Enums.Text))}");
            output.WriteLine($"  source  {rule.Source}");
            var narrower = rules.Rules.Where(r => r != rule && r.When.IsWithin(rule.When)).Select(r => r.Id).ToList();
            if (narrower.Count > 0)
            {
                output.WriteLine($"  unless  {string.Join(", ", narrower)}");
            }
        }
    }

    private static string When(RetentionCondition when)
    {
        string[] parts =
        [
            .. Part("ground", when.Grounds),
            .. Part("state", when.States?.Order().Select(Enums.Text)),
            .. Part("outcome", when.Outcomes?.Order().Select(Enums.Text)),
            .. Part("subject", when.Subjects?.Order().Select(Enums.Text)),
        ];
        return parts.Length == 0 ? "all cases" : string.Join("; ", parts);

        static IEnumerable<string> Part(string name, IEnumerable<string>? values) => values is null ? [] : [$"{name} {string.Join(" or ", values.Order(StringComparer.Ordinal))}"];
    }
}
