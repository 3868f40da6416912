using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.People;
using SignalReview.Rooms;
using SignalReview.Signals;
using SignalReview.Workflow;

namespace SignalReview.KillWorker;

/// <summary>Does deeds, by the product's own use cases.</summary>
internal sealed class Doer(IServiceProvider services)
{
    private const int HighConcern = 8;
    private const int LowConcern = 3;

    public Task<CommandResult> DoAsync(Deed deed, CancellationToken ct)
    {
        var person = DemoPeople.All.Single(p => p.Id == deed.Person);
        var actor = new Actor(person.Id, person.Roles, "kill");
        var (id, @case) = (deed.CommandId, deed.Case);
        return deed.What switch
        {
            "start" => Get<StartSignal>().RunAsync(actor, new(id), ct),
            "submit" => Get<SubmitSignal>().RunAsync(actor, @case, new(id, Signal(deed.At), deed.Detail), ct),
            "accept" => Get<AcceptInvitation>().RunAsync(actor, @case, new(id), ct),
            "invite" => Get<InviteReader>().RunAsync(actor, @case, new(id, Guid.Parse(deed.Detail), "Nobody else is left."), ct),
            "clarified" => Get<FinishClarifying>().RunAsync(actor, @case, new(id), ct),
            "read" => Get<SubmitInterpretation>().RunAsync(actor, @case, new(id, Reading(@case)), ct),
            "compare" => Get<FinishComparing>().RunAsync(actor, @case, new(id, OpenRoom: true), ct),
            "open-vote" => Get<OpenVote>().RunAsync(actor, @case, new(id), ct),
            "vote" => Get<CastVote>().RunAsync(actor, @case, Ballot(id, int.Parse(deed.Detail, CultureInfo.InvariantCulture)), ct),
            "harvest" => Get<Harvest>().RunAsync(actor, @case, new(id), ct),
            "decide" => Get<Decide>().RunAsync(actor, @case, new(id, Decision(deed.At), deed.Detail.Length == 0 ? null : Guid.Parse(deed.Detail)), ct),
            "approve" => Get<ApproveDecision>().RunAsync(actor, @case, new(id, null), ct),
            "review" => Get<ReviewCase>().RunAsync(actor, @case, new(id, "A joke among friends.", "Ask first."), ct),
            "pause" => Get<PauseDeadline>().RunAsync(actor, @case, new(id, deed.Detail, "Somebody is ill."), ct),
            "resume" => Get<ResumeDeadline>().RunAsync(actor, @case, new(id, deed.Detail), ct),
            _ => throw new NotSupportedException($"Nobody knows how to '{deed.What}'."),
        };
    }

    private static SignalSubmission Signal(DateTimeOffset at) => new()
    {
        Title = "Clip with a knife emoji",
        SubjectKind = SubjectKind.Group,
        Pseudonym = "Group Merel",
        AgeBand = "15-18",
        ObservedAt = at.AddDays(-1),
        Urgency = Urgency.Days,
        ConsultationQuestion = "A threat or music?",
        Tags = ["drill"],
        Online = new()
        {
            Platform = "YouTube",
            Visibility = Visibility.Public,
            AccessRoute = AccessRoute.ProfessionalAccount,
            FactualDescription = "Five boys on a square.",
        },
        Offline = new() { Relationship = "I know two of them.", Unknowns = ["who answered"] },
        Reading = new()
        {
            EncodingHypothesis = "Show that they are not afraid.",
            OwnDecoding = "I read a threat.",
            AlternativeReading = "It just rhymes.",
            Confidence = 50,
        },
    };

    /// <summary>High concern in every third case: that takes a quick reading into the full way.</summary>
    private static Interpretation Reading(CaseId @case) => new()
    {
        Kind = InterpretationKind.Reading,
        Positionality = "Knows the scene.",
        EncodingHypothesis = "Get status back.",
        Decoding = "Music with an edge.",
        ReadingPosition = ReadingPosition.Negotiated,
        Concern = @case.Value.ToByteArray()[^1] % 3 == 0 ? HighConcern : LowConcern,
        Confidence = 70,
    };

    private static CastVoteCommand Ballot(Guid id, int round) =>
        new(id, round, VoteOption.Talk, LowConcern, 60, "We can ask.", round > 1 ? "Nothing." : null);

    private static DecisionContent Decision(DateTimeOffset at) => new()
    {
        Outcome = VoteOption.Talk,
        Facts = ["The street name was added later."],
        Rationale = "We know the boys and can ask.",
        Weighing = "All were heard.",
        ReviewDate = DateOnly.FromDateTime(at.UtcDateTime).AddDays(21),
    };

    private T Get<T>()
        where T : notnull =>
        services.GetRequiredService<T>();
}
