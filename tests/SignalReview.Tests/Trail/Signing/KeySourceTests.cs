using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using SignalReview.Trail;
using SignalReview.Trail.Signing;

namespace SignalReview.Tests.Trail.Signing;

/// <summary>The same key ring, with its keys in the environment, behind a command, in a vault and in a PKCS#11 module.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
[Platform(Exclude = "Win", Reason = "The hooks of these tests are shell scripts.")]
[NonParallelizable]
internal sealed class KeySourceTests
{
    private static readonly Guid Dossier = new("0191d0a0-0000-7000-8000-000000000001");

    private string folder = null!;

    private string KeysFolder => Path.Combine(folder, "keys");

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("signalreview-keys-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_signing_key_from_the_environment_signs_and_no_file_is_made(bool pem)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = Variable(pem ? key.ExportPkcs8PrivateKeyPem() : Convert.ToBase64String(key.ExportPkcs8PrivateKey()));
        using var keys = Open(("Keys:Signing:Source", "Environment"), ("Keys:Signing:Variable", name));

        await SignsAsync(keys);
        Assert.That(keys.Signing.Current.PublicKey, Is.EqualTo(key.ExportSubjectPublicKeyInfo()));
        Assert.That(File.Exists(Path.Combine(KeysFolder, "signing.key")), Is.False);
    }

    [Test]
    public void A_wrapping_key_from_the_environment_opens_dossiers_and_the_old_one_too()
    {
        var (first, second) = (Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        byte[] wrapped;
        using (var keys = Open(("Keys:Wrapping:Source", "Environment"), ("Keys:Wrapping:Variable", Variable(first))))
        {
            keys.NewDossierKey(Dossier, out wrapped).Dispose();
            Assert.That(File.Exists(Path.Combine(KeysFolder, "wrapping.key")), Is.False);
        }

        using var both = Open(
            ("Keys:Wrapping:Source", "Environment"), ("Keys:Wrapping:Variable", Variable(second)), ("Keys:Wrapping:OldVariable", Variable(first)));
        both.Unwrap(Dossier, wrapped).Dispose();
        Assert.That(both.IsWrappedUnderCurrentKey(wrapped), Is.False);
        Assert.That(both.IsWrappedUnderCurrentKey(both.Rewrap(Dossier, wrapped)), Is.True);
    }

    [Test]
    public async Task A_command_signs_and_seals_the_wrapping_key()
    {
        var script = Hook();
        byte[] wrapped;
        string signer;
        (string, string)[] settings =
        [
            ("Keys:Signing:Source", "Command"), ("Keys:Signing:Command", script), ("Keys:Wrapping:Source", "Command"), ("Keys:Wrapping:Command", script),
        ];
        using (var keys = Open(settings))
        {
            await SignsAsync(keys);
            signer = Convert.ToHexString(keys.Signing.Current.PublicKey);
            keys.NewDossierKey(Dossier, out wrapped).Dispose();
        }

        var file = await File.ReadAllTextAsync(Path.Combine(KeysFolder, "wrapping.key"));
        Assert.That(file, Does.StartWith("signalreview-sealed-wrapping-key-v1\ncommand\nsealed:"));
        using var again = Open(settings);
        again.Unwrap(Dossier, wrapped).Dispose();
        Assert.That(Convert.ToHexString(again.Signing.Current.PublicKey), Is.EqualTo(signer));
        Assert.That(File.Exists(Path.Combine(KeysFolder, "signing.key")), Is.False);
    }

    [TestCase("sign) echo AAAA;;", "not by the key")]
    [TestCase("sign) echo 'no base64 !';;", "not base64")]
    [TestCase("sign) echo 'the HSM is locked' >&2; exit 3;;", "code 3: the HSM is locked")]
    [TestCase("sign) exec sleep 60;;", "did not answer within")]
    public async Task A_command_that_does_not_sign_is_named_and_nothing_is_signed(string sign, string says)
    {
        var script = Hook(sign);
        using var keys = Open(("Keys:Signing:Source", "Command"), ("Keys:Signing:Command", script));
        using var signer = new CheckpointSigner(keys, "example");
        var tree = new MemoryTree();
        tree.Append([1]);

        await Assert.ThatAsync(() => signer.SignAsync(tree, 1, 1, default), Throws.TypeOf<CheckpointKeyException>().With.Message.Contains(says));
        Assert.That(keys.State.Last(), Is.Null);
    }

    [Test]
    public async Task A_vault_signs_and_seals_the_wrapping_key_with_the_version_that_is_pinned()
    {
        await using var vault = await SmallVault.StartAsync();
        var token = Secret("token", SmallVault.Token);
        (string, string)[] settings =
        [
            ("Keys:Signing:Source", "Vault"), ("Keys:Signing:Url", vault.Url), ("Keys:Signing:Key", "sign"), ("Keys:Signing:TokenFile", token),
            ("Keys:Wrapping:Source", "Vault"), ("Keys:Wrapping:Url", vault.Url), ("Keys:Wrapping:Key", "wrap"), ("Keys:Wrapping:TokenFile", token),
        ];
        byte[] wrapped;
        byte[] first;
        using (var keys = Open(settings))
        {
            await SignsAsync(keys);
            first = keys.Signing.Current.PublicKey;
            keys.NewDossierKey(Dossier, out wrapped).Dispose();
        }

        vault.Rotate();
        using (var again = Open(settings))
        {
            await SignsAsync(again);
            Assert.That(again.Signing.Current.PublicKey, Is.EqualTo(first), "the vault's own rotation changes nothing");
            var calls = vault.Calls;
            for (var i = 0; i < 50; i++)
            {
                again.Unwrap(Dossier, wrapped).Dispose();
            }

            Assert.That(vault.Calls, Is.EqualTo(calls), "no dossier asks the vault");
        }

        // To the vault's next version: a rotation, with both.
        using var next = Open([.. settings, .. Next(vault, token)]);
        using var signer = new CheckpointSigner(next, "example");
        var tree = new MemoryTree();
        tree.Append([1]);
        var note = await signer.RotateAsync(tree, 1, default);
        Assert.That(note.Old.PublicKey.ToArray(), Is.EqualTo(first));
        await SignsAsync(next);
        Assert.That(next.Signing.Current.PublicKey, Is.Not.EqualTo(first));
        Assert.That(() => Open(settings), Throws.TypeOf<CheckpointKeyException>().With.Message.Contains(note.New.IdText), "a host that was not given the new key");
    }

    [Test]
    public async Task A_vault_that_refuses_or_is_away_stops_the_start_and_says_what_to_mend()
    {
        await using var vault = await SmallVault.StartAsync();
        var wrong = Secret("wrong", "another");
        Assert.That(
            () => Open(("Keys:Wrapping:Source", "Vault"), ("Keys:Wrapping:Url", vault.Url), ("Keys:Wrapping:Key", "wrap"), ("Keys:Wrapping:TokenFile", wrong)),
            Throws.TypeOf<CheckpointKeyException>().With.Message.Contains("403"));
        Assert.That(
            () => Open(("Keys:Signing:Source", "Vault"), ("Keys:Signing:Url", "http://127.0.0.1:1/v1/transit"), ("Keys:Signing:Key", "sign"), ("Keys:Signing:TokenFile", wrong)),
            Throws.TypeOf<CheckpointKeyException>().With.Message.Contains("does not answer"));
        Assert.That(File.Exists(Path.Combine(KeysFolder, "signing.key")), Is.False);
    }

    [TestCase("Keys:Signing:Source", "Cloud", "Keys:Signing:Source is 'Cloud'")]
    [TestCase("Keys:Signing:Source", "Vault", "Keys:Signing:Url is missing")]
    [TestCase("Keys:Signing:Source", "Command", "Keys:Signing:Command is missing")]
    [TestCase("Keys:Signing:Source", "Pkcs11", "Keys:Signing:Library is missing")]
    [TestCase("Keys:Signing:Source", "Environment", "SIGNALREVIEW_SIGNING_KEY is empty")]
    [TestCase("Keys:Wrapping:Source", "Environment", "SIGNALREVIEW_WRAPPING_KEY is empty")]
    [TestCase("Keys:Wrapping:Source", "Pkcs11", "Keys:Wrapping:Source cannot be Pkcs11")]
    public void A_wrong_setting_is_named(string key, string value, string says) =>
        Assert.That(() => Open((key, value)), Throws.TypeOf<CheckpointKeyException>().With.Message.Contains(says));

    [Test]
    public void Secrets_that_others_can_read_stop_the_start()
    {
        var token = Secret("token", "x");
        File.SetUnixFileMode(token, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.That(
            () => Open(("Keys:Signing:Source", "Vault"), ("Keys:Signing:Url", "https://vault.example/v1/transit"), ("Keys:Signing:Key", "k"), ("Keys:Signing:TokenFile", token)),
            Throws.TypeOf<UnauthorizedAccessException>().With.Message.Contains(token));

        using (Open())
        {
            // made
        }

        File.SetUnixFileMode(Path.Combine(KeysFolder, "signing.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.That(() => Open(), Throws.TypeOf<UnauthorizedAccessException>().With.Message.Contains("signing.key"));
    }

    [Test]
    public void An_open_wrapping_key_is_not_taken_for_a_sealed_one_nor_the_other_way_round()
    {
        using (Open())
        {
            // an open key
        }

        (string, string)[] command = [("Keys:Wrapping:Source", "Command"), ("Keys:Wrapping:Command", Hook())];
        Assert.That(() => Open(command), Throws.TypeOf<CheckpointKeyException>().With.Message.Contains("rotate-wrapping"));

        WrappingKeys.Replace(KeysFolder, Settings(command).Wrapping);
        using (Open(command))
        {
            // opens with the command
        }

        Assert.That(() => Open(), Throws.TypeOf<CheckpointKeyException>().With.Message.Contains("sealed by a command"));
    }

    [Test]
    public void A_seal_that_does_not_open_again_changes_nothing()
    {
        using (Open())
        {
            // an open key
        }

        var before = File.ReadAllText(Path.Combine(KeysFolder, "wrapping.key"));
        var broken = Settings(("Keys:Wrapping:Source", "Command"), ("Keys:Wrapping:Command", Hook(unwrap: "unwrap) echo AAAA;;")));
        Assert.That(() => WrappingKeys.Replace(KeysFolder, broken.Wrapping), Throws.TypeOf<CheckpointKeyException>());
        Assert.That(File.ReadAllText(Path.Combine(KeysFolder, "wrapping.key")), Is.EqualTo(before));
    }

    [Test]
    public async Task A_pkcs11_module_signs()
    {
        var library = new[] { "/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so" }.FirstOrDefault(File.Exists);
        var tools = new[] { "/usr/bin/softhsm2-util", "/usr/bin/pkcs11-tool" };
        if (library is null || !tools.All(File.Exists))
        {
            Assert.Ignore("No PKCS#11 module to test with: install softhsm2 and opensc.");
        }

        // The module reads its own configuration, once a process.
        var tokens = Directory.CreateDirectory(Path.Combine(folder, "tokens"));
        var config = Path.Combine(folder, "softhsm2.conf");
        await File.WriteAllTextAsync(config, $"directories.tokendir = {tokens.FullName}\nobjectstore.backend = file\nlog.level = ERROR\n");
        SetForThisProcess("SOFTHSM2_CONF", config);
        await RunAsync(tools[0], "--init-token", "--free", "--label", "signalreview", "--so-pin", "4321", "--pin", "1234");
        await RunAsync(tools[1], "--module", library, "--token-label", "signalreview", "--login", "--pin", "1234", "--keypairgen", "--key-type", "EC:prime256v1", "--label", "signing");
        await RunAsync(tools[1], "--module", library, "--token-label", "signalreview", "--login", "--pin", "1234", "--keypairgen", "--key-type", "EC:prime256v1", "--label", "next");
        var pin = Secret("pin", "1234");
        (string, string)[] settings =
        [
            ("Keys:Signing:Source", "Pkcs11"), ("Keys:Signing:Library", library), ("Keys:Signing:Token", "signalreview"), ("Keys:Signing:Key", "signing"), ("Keys:Signing:PinFile", pin),
        ];
        using (var keys = Open(settings))
        {
            await SignsAsync(keys);
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SignsAsync(keys)));
        }

        using var rotating = Open(
        [
            .. settings,
            ("Keys:Signing:Next:Source", "Pkcs11"), ("Keys:Signing:Next:Library", library), ("Keys:Signing:Next:Token", "signalreview"), ("Keys:Signing:Next:Key", "next"),
            ("Keys:Signing:Next:PinFile", pin),
        ]);
        using var signer = new CheckpointSigner(rotating, "example");
        var tree = new MemoryTree();
        tree.Append([1]);
        await signer.RotateAsync(tree, 1, default);
        await SignsAsync(rotating);

        Assert.That(() => Open([.. settings[..3], ("Keys:Signing:Key", "other"), settings[4]]), Throws.TypeOf<CheckpointKeyException>().With.Message.Contains("0 EC keys"));
    }

    private static IEnumerable<(string, string)> Next(SmallVault vault, string token) =>
    [
        ("Keys:Signing:Next:Source", "Vault"), ("Keys:Signing:Next:Url", vault.Url), ("Keys:Signing:Next:Key", "sign"), ("Keys:Signing:Next:KeyVersion", "2"),
        ("Keys:Signing:Next:TokenFile", token),
    ];

    private static async Task SignsAsync(KeyRing keys)
    {
        var message = Encoding.UTF8.GetBytes("een ijkpunt");
        var signature = await keys.Signing.Current.SignAsync(message, default);
        Assert.That(new VerifierKey("example", keys.Signing.Current.PublicKey).Verify(message, signature), Is.True);
    }

    private static KeyRingSettings Settings(params (string Key, string Value)[] settings) =>
        KeyRingSettings.From(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value))).Build());

    private static string Variable(string value)
    {
        var name = $"SIGNALREVIEW_TEST_{Convert.ToHexString(RandomNumberGenerator.GetBytes(6))}";
        Environment.SetEnvironmentVariable(name, value);
        return name;
    }

    /// <summary>For native code too, which does not see what .NET sets.</summary>
    private static void SetForThisProcess(string name, string value)
    {
        Environment.SetEnvironmentVariable(name, value);
        _ = Native.SetEnv(name, value, 1);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, $"{program}: {await output}{await errors}");
    }

    private KeyRing Open(params (string, string)[] settings) => KeyRing.OpenOrCreate(KeysFolder, Settings(settings));

    private string Secret(string name, string text)
    {
        var path = Path.Combine(folder, name);
        KeyFile.Replace(path, text + "\n");
        return path;
    }

    /// <summary>What an administrator would write: openssl holds the key, a file stands for the vault's.</summary>
    private string Hook(string? sign = null, string? unwrap = null)
    {
        var path = Path.Combine(folder, $"hook-{Convert.ToHexString(RandomNumberGenerator.GetBytes(4))}.sh");
        var pem = Path.Combine(folder, "hook.pem");
        if (!File.Exists(pem))
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            File.WriteAllText(pem, key.ExportPkcs8PrivateKeyPem());
        }

        File.WriteAllText(
            path,
            $"""
            #!/bin/sh
            case "$1" in
            public-key) openssl pkey -in "{pem}" -pubout;;
            {sign ?? $"sign) base64 -d | openssl pkeyutl -sign -inkey \"{pem}\" | base64 -w0;;"}
            wrap) read -r line; echo "sealed:$line";;
            {unwrap ?? "unwrap) read -r line; echo \"${line#sealed:}\";;"}
            esac

            """.ReplaceLineEndings("\n"));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private static class Native
    {
        [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "setenv", CharSet = System.Runtime.InteropServices.CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
        [System.Runtime.InteropServices.DefaultDllImportSearchPaths(System.Runtime.InteropServices.DllImportSearchPath.SafeDirectories)]
        public static extern int SetEnv(string name, string value, int overwrite);
    }

    /// <summary>As much of a vault's transit engine as is used, with keys that are rotated by adding a version.</summary>
    private sealed class SmallVault : IAsyncDisposable
    {
        public const string Token = "s.klein-geheim";

        private readonly WebApplication app;
        private readonly List<ECDsa> versions = [ECDsa.Create(ECCurve.NamedCurves.nistP256)];
        private readonly byte[] wrapping = RandomNumberGenerator.GetBytes(32);
        private int calls;

        private SmallVault(WebApplication app) => this.app = app;

        public string Url => $"{app.Urls.First()}/v1/transit";

        public int Calls => calls;

        public static async Task<SmallVault> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var made = builder.Build();
            made.Urls.Add("http://127.0.0.1:0");
            var vault = new SmallVault(made);
            made.Run(vault.AnswerAsync);
            await made.StartAsync();
            return vault;
        }

        public void Rotate() => versions.Add(ECDsa.Create(ECCurve.NamedCurves.nistP256));

        public async ValueTask DisposeAsync()
        {
            await app.DisposeAsync();
            versions.ForEach(key => key.Dispose());
        }

        private async Task AnswerAsync(HttpContext context)
        {
            Interlocked.Increment(ref calls);
            if (context.Request.Headers["X-Vault-Token"] != Token)
            {
                context.Response.StatusCode = 403;
                return;
            }

            using var body = context.Request.ContentLength > 0 ? await JsonDocument.ParseAsync(context.Request.Body) : null;
            object? data = context.Request.Path.Value switch
            {
                "/v1/transit/keys/sign" => new { keys = versions.Index().ToDictionary(v => (v.Index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), v => new { public_key = v.Item.ExportSubjectPublicKeyInfoPem() }) },
                "/v1/transit/sign/sign/sha2-256" when body!.RootElement.GetProperty("prehashed").GetBoolean() => new
                {
                    signature = "vault:v1:" + Convert.ToBase64String(versions[body.RootElement.GetProperty("key_version").GetInt32() - 1]
                        .SignHash(body.RootElement.GetProperty("input").GetBytesFromBase64(), DSASignatureFormat.Rfc3279DerSequence)),
                },
                "/v1/transit/encrypt/wrap" => new { ciphertext = "vault:v1:" + Convert.ToBase64String(Seal(body!.RootElement.GetProperty("plaintext").GetBytesFromBase64())) },
                "/v1/transit/decrypt/wrap" => new { plaintext = Convert.ToBase64String(Seal(Convert.FromBase64String(body!.RootElement.GetProperty("ciphertext").GetString()!.Split(':')[2]))) },
                _ => null,
            };
            if (data is null)
            {
                context.Response.StatusCode = 404;
                return;
            }

            await context.Response.WriteAsJsonAsync(new { data });
        }

        private byte[] Seal(byte[] bytes) => [.. bytes.Zip(wrapping, (a, b) => (byte)(a ^ b))];
    }
}
