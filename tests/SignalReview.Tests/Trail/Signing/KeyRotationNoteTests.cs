using System.Security.Cryptography;
using System.Text;
using SignalReview.Trail;
using SignalReview.Trail.Signing;

namespace SignalReview.Tests.Trail.Signing;

internal sealed class KeyRotationNoteTests
{
    private const string Origin = "signalreview.example/log";

    private readonly List<LocalCheckpointKey> made = [];

    [TearDown]
    public void Forget()
    {
        made.ForEach(key => key.Dispose());
        made.Clear();
    }

    [Test]
    public async Task A_rotation_names_both_keys_and_the_tree_and_is_signed_by_both()
    {
        var (old, @new) = (NewKey(), NewKey());
        var note = await RotateAsync(old, @new, 41);
        var again = KeyRotationNote.Parse(note.Note);

        Assert.Multiple(() =>
        {
            Assert.That(again.Old.ToString(), Is.EqualTo(Vkey(old).ToString()));
            Assert.That(again.New.ToString(), Is.EqualTo(Vkey(@new).ToString()));
            Assert.That(again.Size, Is.EqualTo(41));
            Assert.That(again.Origin, Is.EqualTo(Origin));
            Assert.That(SignedNote.Parse(note.Note).Signatures, Has.Count.EqualTo(2));
            Assert.That(note.Note, Does.StartWith($"signalreview/key-rotation/v1\n{Origin}\nold {Vkey(old)}\nnew {Vkey(@new)}\n41\n"));
        });
    }

    [Test]
    public async Task Who_trusts_the_first_key_follows_to_the_last_and_who_trusts_the_last_back_to_the_first()
    {
        var keys = Enumerable.Range(0, 4).Select(_ => NewKey()).ToList();
        var text = KeyChain.ToText([await RotateAsync(keys[0], keys[1], 10), await RotateAsync(keys[1], keys[2], 10), await RotateAsync(keys[2], keys[3], 25)]);
        var newest = SignedNote.Parse(await new Checkpoint(Origin, 30, new byte[32]).SignAsync(keys[3], default));
        var oldest = SignedNote.Parse(await new Checkpoint(Origin, 9, new byte[32]).SignAsync(keys[0], default));

        Assert.Multiple(() =>
        {
            foreach (var key in keys)
            {
                var chain = KeyChain.Parse(Vkey(key), text);
                Assert.That(chain.Verify(newest, 30), Is.EqualTo(ChainVerdict.Signed));
                Assert.That(chain.Verify(oldest, 9), Is.EqualTo(ChainVerdict.Signed));
                Assert.That(chain.Last.ToString(), Is.EqualTo(Vkey(keys[3]).ToString()));
            }

            Assert.That(KeyChain.Of(Vkey(keys[0])).Verify(newest, 30), Is.EqualTo(ChainVerdict.OtherKey), "without the notes");
            Assert.That(() => KeyChain.Parse(Vkey(NewKey()), text), Throws.InstanceOf<FormatException>().With.Message.Contains("not among"));
        });
    }

    [Test]
    public async Task A_key_that_was_handed_over_signs_nothing_larger_than_what_it_had()
    {
        var (old, @new) = (NewKey(), NewKey());
        var chain = KeyChain.Of(Vkey(old), [await RotateAsync(old, @new, 10)]);
        var later = SignedNote.Parse(await new Checkpoint(Origin, 11, new byte[32]).SignAsync(old, default));
        var then = SignedNote.Parse(await new Checkpoint(Origin, 10, new byte[32]).SignAsync(old, default));

        Assert.That(chain.Verify(later, 11), Is.EqualTo(ChainVerdict.RetiredKey));
        Assert.That(chain.Verify(then, 10), Is.EqualTo(ChainVerdict.Signed));
        Assert.That(chain.Verify(Changed(then), 10), Is.EqualTo(ChainVerdict.BadSignature));
    }

    [Test]
    public async Task A_note_with_one_byte_changed_is_refused()
    {
        var note = (await RotateAsync(NewKey(), NewKey(), 12)).Note;
        var bytes = Encoding.UTF8.GetBytes(note);
        List<int> accepted = [];
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = bytes.ToArray();
            changed[i] ^= 1;
            try
            {
                KeyRotationNote.Parse(new UTF8Encoding(false, true).GetString(changed));
                accepted.Add(i);
            }
            catch (Exception e) when (e is FormatException or DecoderFallbackException)
            {
                // refused, as it must be
            }
        }

        Assert.That(accepted, Is.Empty);
    }

    [Test]
    public async Task A_forged_rotation_is_refused()
    {
        var (old, @new, thief) = (NewKey(), NewKey(), NewKey());
        var good = (await RotateAsync(old, @new, 12)).Note;
        var body = good[..(good.IndexOf("\n\n", StringComparison.Ordinal) + 1)];
        var theirs = body.Replace($"new {Vkey(@new)}", $"new {Vkey(thief)}", StringComparison.Ordinal);
        var oldOnly = await SignedNote.SignAsync([old], Origin, body, default);
        var newOnly = await SignedNote.SignAsync([@new], Origin, body, default);
        var twice = await SignedNote.SignAsync([old, old], Origin, body, default);
        var three = await SignedNote.SignAsync([old, @new, thief], Origin, body, default);
        var thiefAlone = await SignedNote.SignAsync([thief, thief], Origin, theirs, default);
        var oldSignatureMoved = await SignedNote.SignAsync([thief], Origin, theirs, default) + good.Split('\n')[^3] + "\n";
        var same = await SignedNote.SignAsync([old, old], Origin, body.Replace($"new {Vkey(@new)}", $"new {Vkey(old)}", StringComparison.Ordinal), default);
        var otherLog = await SignedNote.SignAsync([old, @new], Origin, body.Replace($"\n{Origin}\n", "\nother.example\n", StringComparison.Ordinal), default);
        var padded = await SignedNote.SignAsync([old, @new], Origin, body.Replace("\n12\n", "\n012\n", StringComparison.Ordinal), default);

        Assert.Multiple(() =>
        {
            foreach (var (why, forged) in new[]
            {
                ("old only", oldOnly), ("new only", newOnly), ("old twice", twice), ("three", three), ("thief", thiefAlone),
                ("moved", oldSignatureMoved), ("same key", same), ("other log", otherLog), ("padded", padded), ("nothing", ""), ("cut", good[..^30]),
            })
            {
                Assert.That(() => KeyRotationNote.Parse(forged), Throws.InstanceOf<FormatException>(), why);
            }
        });
    }

    [Test]
    public async Task Notes_that_do_not_follow_one_another_are_no_chain()
    {
        var (a, b, c) = (NewKey(), NewKey(), NewKey());
        var (ab, bc, ca, ac, earlier) =
            (await RotateAsync(a, b, 10), await RotateAsync(b, c, 20), await RotateAsync(c, a, 30), await RotateAsync(a, c, 10), await RotateAsync(b, c, 9));

        Assert.Multiple(() =>
        {
            Assert.That(() => KeyChain.Of(Vkey(a), [bc, ab]), Throws.InstanceOf<FormatException>(), "turned round");
            Assert.That(() => KeyChain.Of(Vkey(a), [ab, ac]), Throws.InstanceOf<FormatException>(), "forked");
            Assert.That(() => KeyChain.Of(Vkey(a), [ab, earlier]), Throws.InstanceOf<FormatException>(), "smaller again");
            Assert.That(() => KeyChain.Of(Vkey(a), [ab, bc, ca]), Throws.InstanceOf<FormatException>(), "came back");
            Assert.That(() => KeyChain.Of(Vkey(a), [bc]), Throws.InstanceOf<FormatException>(), "the first is missing");
            Assert.That(() => KeyChain.Parse(Vkey(a), ab.Note + "\n\n" + bc.Note), Throws.InstanceOf<FormatException>(), "two empty lines");
            Assert.That(() => KeyChain.Parse(Vkey(a), ab.Note + bc.Note), Throws.InstanceOf<FormatException>(), "none");
            Assert.That(KeyChain.Parse(Vkey(a), KeyChain.ToText([ab, bc])).Keys, Has.Count.EqualTo(3));
            Assert.That(KeyChain.Parse(Vkey(a), "").Keys, Has.Count.EqualTo(1));
        });
    }

    private static VerifierKey Vkey(LocalCheckpointKey key) => new(Origin, key.PublicKey);

    private static Task<KeyRotationNote> RotateAsync(LocalCheckpointKey old, LocalCheckpointKey @new, long size) =>
        KeyRotationNote.SignAsync(old, @new, new Checkpoint(Origin, size, SHA256.HashData([(byte)size])), CancellationToken.None);

    private static SignedNote Changed(SignedNote note) => SignedNote.Parse(
        note.Text.Replace("\n10\n", "\n9\n", StringComparison.Ordinal) + "\n"
        + string.Concat(note.Signatures.Select(s => $"— {s.Name} {Convert.ToBase64String([(byte)(s.KeyId >> 24), (byte)(s.KeyId >> 16), (byte)(s.KeyId >> 8), (byte)s.KeyId, .. s.Bytes])}\n")));

    private LocalCheckpointKey NewKey()
    {
        var key = LocalCheckpointKey.Parse(LocalCheckpointKey.NewPem(), "test");
        made.Add(key);
        return key;
    }
}
