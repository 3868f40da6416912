using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace SignalReview.Privacy.Retention;

internal static class RetentionSetup
{
    /// <summary>By the rules of the file <c>Privacy:RetentionRules</c>, or the shipped example. An invalid one stops start-up.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(RetentionRulesFile.Load(configuration[RetentionRulesFile.Setting]))
        .AddSingleton<RuleSets>()
        .AddSingleton<DeskCommands>()
        .AddSingleton<Reckoner>()
        .AddSingleton<RetentionNotices>()
        .AddSingleton<RetentionSweep>()
        .AddSingleton<RetentionReads>()
        .AddSingleton<RulesPreview>()
        .AddSingleton<ProposeRules>()
        .AddSingleton<ActivateRules>()
        .AddSingleton<ObjectToErasure>()
        .AddSingleton<AnswerObjection>()
        .AddSingleton<SetGround>();
}
