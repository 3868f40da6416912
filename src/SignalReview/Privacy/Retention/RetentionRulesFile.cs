using System.Collections.Immutable;
using SignalReview.Workflow;

namespace SignalReview.Privacy.Retention;

/// <summary>Where the rules come from: the organisation's own file, or the shipped example.</summary>
internal static class RetentionRulesFile
{
    public const string Setting = "Privacy:RetentionRules";

    private const string Example = "rules.json";

    /// <summary>The example that comes with the product.</summary>
    public static RetentionRules Shipped() => Valid(RetentionRulesReader.Read(Example, RuleResources.Read(Example)));

    /// <param name="path">What the setting says; empty: the shipped one.</param>
    /// <exception cref="InvalidRulesException">The file is invalid; this stops start-up.</exception>
    public static RetentionRules Load(string? path) => string.IsNullOrWhiteSpace(path) ? Shipped() : Valid(Check(path));

    /// <exception cref="IOException">The path is not there or cannot be read.</exception>
    public static (RetentionRules? Rules, ImmutableArray<DefinitionProblem> Problems) Check(string path) =>
        RetentionRulesReader.Read(Path.GetFileName(path), File.ReadAllBytes(path));

    private static RetentionRules Valid((RetentionRules? Rules, ImmutableArray<DefinitionProblem> Problems) read) =>
        read.Rules ?? throw new InvalidRulesException("retention rules", read.Problems);
}
