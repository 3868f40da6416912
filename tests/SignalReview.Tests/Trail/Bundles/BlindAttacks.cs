using System.Text.Json.Nodes;

namespace SignalReview.Tests.Trail.Bundles;

internal enum BlindAttack
{
    /// <summary>A round of votes and a detached one, both in order.</summary>
    None,
    AfterReveal,
    LeftOut,
    NotThere,
    RevealedTwice,
    OtherRound,
    UrnStuffed,
    UrnEmptied,
    UrnLeftOut,
    UrnSwapped,
    VoterAfterSeal,
}

/// <summary>Trails in which somebody cheated with what was blind, though every hash and proof is right.</summary>
internal static class BlindAttacks
{
    public static void Play(TestLog log, BlindAttack attack)
    {
        var votes = new[] { Vote(log, "w1", 1), Vote(log, "w3", 1) };
        if (attack == BlindAttack.OtherRound)
        {
            votes = [.. votes, Vote(log, "w9", 2)];
        }

        Guid[] shown = attack switch
        {
            BlindAttack.LeftOut => [votes[0]],
            BlindAttack.NotThere => [.. votes, Guid.Empty],
            _ => votes,
        };
        Reveal(log, new() { ["round"] = 1, ["ballots"] = Ids(shown) });
        if (attack == BlindAttack.AfterReveal)
        {
            Vote(log, "w9", 1);
        }

        if (attack == BlindAttack.RevealedTwice)
        {
            Reveal(log, new() { ["round"] = 2, ["ballots"] = Ids(votes[0]) });
        }

        Detached(log, attack);
    }

    private static void Detached(TestLog log, BlindAttack attack)
    {
        Drop(log, "w1");
        Drop(log, "w3");
        var ballots = attack switch { BlindAttack.UrnStuffed => 3, BlindAttack.UrnEmptied => 1, _ => 2 };
        var urn = log.Add(TestLog.Case, "urn.sealed", "system", "system", new JsonObject
        {
            ["round"] = 3,
            ["ballots"] = new JsonArray([.. Enumerable.Range(0, ballots).Select(i => (JsonNode)new JsonObject { ["option"] = "talk", ["reason"] = $"{i}" })]),
        });
        if (attack == BlindAttack.VoterAfterSeal)
        {
            Drop(log, "w9");
        }

        var body = new JsonObject { ["round"] = 3 };
        if (attack != BlindAttack.UrnLeftOut)
        {
            body["urn"] = (attack == BlindAttack.UrnSwapped ? Guid.Empty : urn).ToString();
        }

        Reveal(log, body);
    }

    private static Guid Vote(TestLog log, string who, int round) =>
        log.Add(TestLog.Case, "vote.cast", who, "reader", new JsonObject { ["round"] = round, ["option"] = "talk" });

    private static void Drop(TestLog log, string who) => log.Add(TestLog.Case, "urn.cast", who, "reader", new JsonObject { ["round"] = 3 });

    private static void Reveal(TestLog log, JsonObject body) => log.Add(TestLog.Case, "votes.revealed", "system", "system", body);

    private static JsonArray Ids(params Guid[] ids) => new([.. ids.Select(i => (JsonNode)i.ToString())]);
}
