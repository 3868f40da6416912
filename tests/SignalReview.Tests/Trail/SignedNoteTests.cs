using System.Text;
using SignalReview.Trail;

namespace SignalReview.Tests.Trail;

[TestFixture]
internal sealed class SignedNoteTests
{
    private const string Origin = "signalreview.example/log";
    private const string Text = "signalreview.example/log\n3\nrrTz/idLcKFLCw+nVqVXhiZP+C6awgHLXoEVsVXhbFY=\n";

    private string folder = null!;
    private KeyRing keys = null!;

    [OneTimeSetUp]
    public void MakeKeys()
    {
        folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, "note-" + Path.GetRandomFileName());
        keys = KeyRing.OpenOrCreate(folder);
    }

    [OneTimeTearDown]
    public void Clean()
    {
        keys.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void A_signed_text_reads_back_and_verifies_with_the_key_from_its_vkey_file()
    {
        var note = SignedNote.Parse(Sign());
        var key = VerifierKey.Parse(new VerifierKey(Origin, keys.Signing.Current.PublicKey) + "\n");

        Assert.That(note.Text, Is.EqualTo(Text));
        Assert.That(note.Verify(key), Is.EqualTo(NoteVerdict.Signed));
    }

    [Test]
    public void The_key_id_is_that_of_C2SP_for_ECDSA()
    {
        var id = System.Security.Cryptography.SHA256.HashData(keys.Signing.Current.PublicKey)[..4];
        var line = Sign().Split('\n')[^2];

        Assert.That(line, Does.StartWith($"— {Origin} "));
        Assert.That(Convert.FromBase64String(line.Split(' ')[2])[..4], Is.EqualTo(id));
        Assert.That(new VerifierKey(Origin, keys.Signing.Current.PublicKey).ToString(), Does.StartWith($"{Origin}+{Convert.ToHexStringLower(id)}+"));
    }

    [Test]
    public void Every_changed_character_of_the_text_is_found()
    {
        var note = Sign();
        var key = new VerifierKey(Origin, keys.Signing.Current.PublicKey);
        for (var i = 0; i < Text.Length - 1; i++)
        {
            if (Text[i] != '\n')
            {
                var changed = string.Concat(note.AsSpan(0, i), note[i] == 'x' ? "y" : "x", note.AsSpan(i + 1));
                Assert.That(SignedNote.Parse(changed).Verify(key), Is.EqualTo(NoteVerdict.BadSignature), $"character {i}");
            }
        }
    }

    [Test]
    public void Signatures_of_unknown_keys_are_ignored_but_one_of_the_trusted_key_must_be_there()
    {
        var key = new VerifierKey(Origin, keys.Signing.Current.PublicKey);
        var unknown = "— witness.example " + Convert.ToBase64String(new byte[68]) + "\n";
        var note = Sign();

        Assert.Multiple(() =>
        {
            Assert.That(SignedNote.Parse(note + unknown).Verify(key), Is.EqualTo(NoteVerdict.Signed));
            Assert.That(SignedNote.Parse(Text + "\n" + unknown).Verify(key), Is.EqualTo(NoteVerdict.OtherKey));
            Assert.That(SignedNote.Parse(note).Verify(new VerifierKey("other.example", keys.Signing.Current.PublicKey)), Is.EqualTo(NoteVerdict.OtherKey));
        });
    }

    [TestCase("")]
    [TestCase("no signature\n")]
    [TestCase("text\n\n")]
    [TestCase("text\n\n- name AAAAAAAA\n")]
    [TestCase("text\n\n— name AAAA\n")]
    [TestCase("text\n\n— na+me AAAAAAAA\n")]
    [TestCase("text\n\n— name AAAAAAA*\n")]
    [TestCase("text\n\n— name  AAAAAAAA\n")]
    [TestCase("te\txt\n\n— name AAAAAAAA\n")]
    [TestCase("text\n\n— name AAAAAAAA")]
    public void What_is_no_note_is_refused(string text) =>
        Assert.That(() => SignedNote.Parse(Encoding.UTF8.GetBytes(text)), Throws.InstanceOf<FormatException>());

    [TestCase("x")]
    [TestCase("a+zz+AAAA")]
    [TestCase("a+00000000+AAAA")]
    [TestCase("a+00000000+AgAA")]
    [TestCase("+00000000+AgAA")]
    public void What_is_no_vkey_is_refused(string text) =>
        Assert.That(() => VerifierKey.Parse(text), Throws.InstanceOf<FormatException>());

    [TestCase("o\n3\nrrTz/idLcKFLCw+nVqVXhiZP+C6awgHLXoEVsVXhbFY=\n", true)]
    [TestCase("o\n03\nrrTz/idLcKFLCw+nVqVXhiZP+C6awgHLXoEVsVXhbFY=\n", false)]
    [TestCase("o\n-3\nrrTz/idLcKFLCw+nVqVXhiZP+C6awgHLXoEVsVXhbFY=\n", false)]
    [TestCase("o\n3\nrrTz\n", false)]
    [TestCase("\n3\nrrTz/idLcKFLCw+nVqVXhiZP+C6awgHLXoEVsVXhbFY=\n", false)]
    [TestCase("o\n3\nrrTz/idLcKFLCw+nVqVXhiZP+C6awgHLXoEVsVXhbFY=\nmore\n", false)]
    public void A_checkpoint_has_three_exact_lines(string text, bool good)
    {
        if (good)
        {
            Assert.That(Checkpoint.Parse(text).ToText(), Is.EqualTo(text));
        }
        else
        {
            Assert.That(() => Checkpoint.Parse(text), Throws.InstanceOf<FormatException>());
        }
    }

    [Test]
    public void A_proof_file_reads_back()
    {
        var proof = new TlogProof(73894, [MerkleTree.LeafHash([1]), MerkleTree.LeafHash([2])], Sign());
        var read = TlogProof.Parse(proof.ToString());

        Assert.That(read.ToString(), Is.EqualTo(proof.ToString()));
        Assert.That(read.Checkpoint, Is.EqualTo(proof.Checkpoint));
        Assert.That(() => TlogProof.Parse(proof.ToString().Replace("index 7", "index 07", StringComparison.Ordinal)), Throws.InstanceOf<FormatException>());
    }

    private string Sign()
    {
        var signing = SignedNote.SignAsync([keys.Signing.Current], Origin, Text, CancellationToken.None);
        return signing.IsCompletedSuccessfully ? signing.GetAwaiter().GetResult() : throw new InvalidOperationException("The test's key is not at hand.");
    }
}
