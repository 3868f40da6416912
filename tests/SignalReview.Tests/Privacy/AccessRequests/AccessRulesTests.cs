using System.Text;
using SignalReview.Privacy.AccessRequests;
using SignalReview.Rooms;

namespace SignalReview.Tests.Privacy.AccessRequests;

/// <summary>Who may ask at which age, by the shipped example; and what a file must not say.</summary>
internal sealed class AccessRulesTests
{
    private static readonly AccessRules Shipped = AccessRulesReader.Load(null);

    [TestCase(Requester.YoungPerson, 11, false)]
    [TestCase(Requester.YoungPerson, 12, true)]
    [TestCase(Requester.YoungPerson, 16, true)]
    [TestCase(Requester.Parent, 0, true)]
    [TestCase(Requester.Parent, 11, true)]
    [TestCase(Requester.Parent, 15, true)]
    [TestCase(Requester.Parent, 16, false)]
    [TestCase(Requester.Representative, 17, true)]
    [TestCase(Requester.YoungPerson, 34, true)]
    public void Age_says_who_may_ask(Requester requester, int age, bool may) => Assert.That(Shipped.May(requester, age), Is.EqualTo(may));

    [TestCase(Requester.Parent, VoteOption.ReportingCode, true)]
    [TestCase(Requester.Parent, VoteOption.Talk, false)]
    [TestCase(Requester.YoungPerson, VoteOption.ReportingCode, false)]
    public void After_the_reporting_code_a_parent_meets_an_exception(Requester requester, VoteOption outcome, bool met) =>
        Assert.That(Shipped.Met(requester, [outcome]).Any(), Is.EqualTo(met));

    [TestCase("\"from\": 12,", "\"from\": 13,", "ages: no rule is about somebody of 12")]
    [TestCase("\"to\": 11,", "\"to\": 12,", "ages: 2 rules are about somebody of 12")]
    [TestCase("\"answerWithin\": \"P1M\"", "\"answerWithin\": \"1 month\"", "answerWithin: '1 month' is no period")]
    [TestCase("\"secondPerson\": true", "\"secondPerson\": \"yes\"", "secondPerson: must be true or false")]
    [TestCase("\"may\": [\"parent\", \"representative\"],", "\"may\": [\"mother\"],", "ages[0].may[0]: \"mother\" is unknown")]
    [TestCase("\"id\": \"excessive\"", "\"id\": \"safety\"", "refusals: there are 2 with the id 'safety'")]
    [TestCase("\"events\": [\"message.\"]", "\"events\": [\"messages\"]", "leaveOut[2].events[0]: \"messages\" is no type of event")]
    [TestCase("\"colleagues\": \"role\"", "\"colleagues\": \"name\"", "colleagues: 'name' is unknown")]
    public void An_error_names_its_place_and_how_to_mend_it(string good, string bad, string place)
    {
        Assert.That(Shipped.Head.Raw, Does.Contain(good), "the example has changed");
        var at = Shipped.Head.Raw.IndexOf(good, StringComparison.Ordinal);
        var (rules, problems) = AccessRulesReader.Read("access.json", Encoding.UTF8.GetBytes(string.Concat(Shipped.Head.Raw.AsSpan(0, at), bad, Shipped.Head.Raw.AsSpan(at + good.Length))));
        Assert.That(rules, Is.Null);
        Assert.That(problems.Select(p => p.ToString()), Has.Some.Contains($"access.json: {place}").And.All.Contain("To mend: "));
    }
}
