using System.Security.Cryptography;
using System.Text;
using SignalReview.Trail;

namespace SignalReview.Tests.Trail;

[TestFixture]
internal sealed class KeyRingTests
{
    private static readonly Guid Dossier = new("0191d0a0-0000-7000-8000-000000000001");
    private static readonly Guid Event = new("0191d0a0-0000-7000-8000-000000000002");
    private static readonly Guid Other = new("0191d0a0-0000-7000-8000-000000000003");

    private string folder = null!;

    [SetUp]
    public void MakeFolderName() => folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, "keys-" + Path.GetRandomFileName());

    [TearDown]
    public void RemoveFolder()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void A_dossier_opens_again_after_a_restart()
    {
        byte[] wrapped, blob;
        using (var keys = KeyRing.OpenOrCreate(folder))
        using (var key = keys.NewDossierKey(Dossier, out wrapped))
        {
            blob = key.Encrypt("wat ze schreef"u8, Event);
        }

        using var again = KeyRing.OpenOrCreate(folder);
        using var opened = again.Unwrap(Dossier, wrapped);
        Assert.That(opened.Decrypt(blob, Event), Is.EqualTo("wat ze schreef"u8.ToArray()));
    }

    [Test]
    public void The_same_text_twice_gives_two_blobs_and_an_empty_one_is_fine()
    {
        using var keys = KeyRing.OpenOrCreate(folder);
        using var key = keys.NewDossierKey(Dossier, out _);

        var (one, two) = (key.Encrypt("a"u8, Event), key.Encrypt("a"u8, Event));
        Assert.That(one, Is.Not.EqualTo(two));
        Assert.That(key.Decrypt(key.Encrypt([], Event), Event), Is.Empty);
    }

    [Test]
    public void A_blob_of_another_event_or_dossier_or_a_changed_one_is_refused()
    {
        using var keys = KeyRing.OpenOrCreate(folder);
        using var key = keys.NewDossierKey(Dossier, out _);
        using var foreign = keys.NewDossierKey(Other, out _);
        var blob = key.Encrypt("tekst"u8, Event);

        Assert.Multiple(() =>
        {
            Assert.That(() => key.Decrypt(blob, Other), Throws.InstanceOf<CryptographicException>());
            Assert.That(() => foreign.Decrypt(blob, Event), Throws.InstanceOf<CryptographicException>());
            Assert.That(() => key.Decrypt(blob.AsSpan(0, 20), Event), Throws.InstanceOf<CryptographicException>());
            for (var i = 0; i < blob.Length; i++)
            {
                var changed = blob.ToArray();
                changed[i] ^= 1;
                Assert.That(() => key.Decrypt(changed, Event), Throws.InstanceOf<CryptographicException>(), $"byte {i}");
            }
        });
    }

    [Test]
    public void A_wrapped_key_opens_for_its_own_dossier_only_and_only_unchanged()
    {
        using var keys = KeyRing.OpenOrCreate(folder);
        keys.NewDossierKey(Dossier, out var wrapped).Dispose();

        Assert.Multiple(() =>
        {
            Assert.That(() => keys.Unwrap(Other, wrapped), Throws.InstanceOf<CryptographicException>());
            for (var i = 0; i < wrapped.Length; i++)
            {
                var changed = wrapped.ToArray();
                changed[i] ^= 1;
                Assert.That(() => keys.Unwrap(Dossier, changed), Throws.InstanceOf<CryptographicException>(), $"byte {i}");
            }
        });
    }

    [Test]
    public void A_renamed_wrapping_key_still_opens_its_dossiers_and_they_can_be_rewrapped()
    {
        byte[] wrapped, blob;
        string oldId;
        using (var keys = KeyRing.OpenOrCreate(folder))
        using (var key = keys.NewDossierKey(Dossier, out wrapped))
        {
            oldId = keys.WrappingKeyId;
            blob = key.Encrypt("x"u8, Event);
        }

        File.Move(Path.Combine(folder, "wrapping.key"), Path.Combine(folder, "wrapping-2026.key"));
        byte[] rewrapped;
        using (var keys = KeyRing.OpenOrCreate(folder))
        using (var key = keys.Unwrap(Dossier, wrapped))
        {
            Assert.That(keys.WrappingKeyId, Is.Not.EqualTo(oldId));
            Assert.That(key.Decrypt(blob, Event), Is.EqualTo("x"u8.ToArray()));
            Assert.That(keys.IsWrappedUnderCurrentKey(wrapped), Is.False);
            rewrapped = keys.Rewrap(Dossier, wrapped);
            Assert.That(keys.IsWrappedUnderCurrentKey(rewrapped), Is.True);
        }

        File.Delete(Path.Combine(folder, "wrapping-2026.key"));
        using var last = KeyRing.OpenOrCreate(folder);
        using var opened = last.Unwrap(Dossier, rewrapped);
        Assert.That(opened.Decrypt(blob, Event), Is.EqualTo("x"u8.ToArray()));
        Assert.That(() => last.Unwrap(Dossier, wrapped), Throws.InstanceOf<CryptographicException>().With.Message.Contains(oldId));
    }

    [Test]
    public async Task Processes_that_start_together_agree_on_the_keys()
    {
        for (var round = 0; round < 25; round++)
        {
            var shared = Path.Combine(folder, round.ToString(System.Globalization.CultureInfo.InvariantCulture));
            KeyFile.EnsureFolder(folder);
            using var start = new ManualResetEventSlim();
            var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.Wait(TimeSpan.FromMilliseconds(50));
                    using var keys = KeyRing.OpenOrCreate(shared);
                    return (keys.WrappingKeyId, Public: Convert.ToHexString(keys.Signing.Current.PublicKey));
                },
                default,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));

            Assert.That(all.Distinct().Count(), Is.EqualTo(1));
            Assert.That(Directory.GetFiles(shared, "*.tmp"), Is.Empty);
        }
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void Keys_are_for_the_owner_only_and_wider_rights_stop_the_start()
    {
        KeyRing.OpenOrCreate(folder).Dispose();
        var file = Path.Combine(folder, "wrapping.key");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.That(File.GetUnixFileMode(file), Is.EqualTo(owner));
        Assert.That(File.GetUnixFileMode(Path.Combine(folder, "signing.key")), Is.EqualTo(owner));
        Assert.That(File.GetUnixFileMode(folder), Is.EqualTo(owner | UnixFileMode.UserExecute));

        File.SetUnixFileMode(file, owner | UnixFileMode.GroupRead);
        Assert.That(() => KeyRing.OpenOrCreate(folder), Throws.InstanceOf<UnauthorizedAccessException>().With.Message.Contains("wrapping.key"));
        File.SetUnixFileMode(file, owner);
        File.SetUnixFileMode(folder, owner | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
        Assert.That(() => KeyRing.OpenOrCreate(folder), Throws.InstanceOf<UnauthorizedAccessException>());
    }

    [TestCase("wrapping.key")]
    [TestCase("signing.key")]
    public void A_damaged_key_file_is_refused_and_not_replaced(string name)
    {
        KeyRing.OpenOrCreate(folder).Dispose();
        var path = Path.Combine(folder, name);
        KeyFile.Replace(path, "half a ke");

        Assert.That(() => KeyRing.OpenOrCreate(folder), Throws.InstanceOf<FormatException>().With.Message.Contains(name));
        Assert.That(File.ReadAllText(path), Is.EqualTo("half a ke"));
    }

    [Test]
    public async Task A_signature_verifies_under_the_public_key()
    {
        using var keys = KeyRing.OpenOrCreate(folder);
        var message = Encoding.UTF8.GetBytes("tekst");
        using var verifier = ECDsa.Create();
        verifier.ImportSubjectPublicKeyInfo(keys.Signing.Current.PublicKey, out _);

        var signature = await keys.Signing.Current.SignAsync(message, CancellationToken.None);
        Assert.That(verifier.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence), Is.True);
    }
}
