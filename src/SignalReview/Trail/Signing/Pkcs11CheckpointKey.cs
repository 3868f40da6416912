using System.Collections.Concurrent;
using System.Formats.Asn1;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace SignalReview.Trail.Signing;

/// <param name="Library">The module's library, such as /usr/lib/softhsm/libsofthsm2.so.</param>
/// <param name="Token">The token's label.</param>
/// <param name="Key">The label of the key pair.</param>
/// <param name="PinFile">Holds the user's PIN.</param>
internal sealed record Pkcs11Settings(string Library, string Token, string Key, string PinFile);

/// <summary>A key in a hardware module, or a program that acts as one, by PKCS#11. One session is kept open; it is opened again when the module lost it.</summary>
internal sealed class Pkcs11CheckpointKey : ICheckpointKey
{
    private static readonly Pkcs11InteropFactories Factories = Prepare();

    // One a library for the whole process, and never closed: closing it would end the sessions of every other key in it.
    private static readonly ConcurrentDictionary<string, IPkcs11Library> Libraries = new(StringComparer.Ordinal);

    private readonly Pkcs11Settings settings;
    private readonly IPkcs11Library library;
    private readonly Lock signing = new();
    private ISession? session;

    private Pkcs11CheckpointKey(Pkcs11Settings settings, IPkcs11Library library)
    {
        this.settings = settings;
        this.library = library;
        PublicKey = Read(ReadPublicKey);
    }

    public byte[] PublicKey { get; }

    private string Who => $"The PKCS#11 token {settings.Token}, key {settings.Key}";

    /// <exception cref="CheckpointKeyException">No such module, token, PIN or key.</exception>
    public static Pkcs11CheckpointKey Open(Pkcs11Settings settings)
    {
        if (!File.Exists(settings.Library))
        {
            throw new CheckpointKeyException($"The PKCS#11 library {settings.Library} is not there.");
        }

        try
        {
            return new(settings, Libraries.GetOrAdd(settings.Library, path => Factories.Pkcs11LibraryFactory.LoadPkcs11Library(Factories, path, AppType.MultiThreaded)));
        }
        catch (Exception e) when (e is Pkcs11Exception or UnmanagedException)
        {
            throw new CheckpointKeyException($"The PKCS#11 library {settings.Library} does not open: {e.Message}", e);
        }
    }

    public Task<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken ct) => Task.Run(
        () =>
        {
            var digest = SHA256.HashData(message.Span);
            var signature = Read(open => ToSequence(open.Sign(Factories.MechanismFactory.Create(CKM.CKM_ECDSA), Find(open, CKO.CKO_PRIVATE_KEY), digest)));
            return P256.Checked(PublicKey, message.Span, signature, Who);
        },
        ct);

    public void Dispose()
    {
        lock (signing)
        {
            session?.Dispose();
            session = null;
        }
    }

    /// <summary>The library asks for libdl by a name that Linux has only where compilers are; its run-time name is another.</summary>
    private static Pkcs11InteropFactories Prepare()
    {
        NativeLibrary.SetDllImportResolver(
            typeof(Pkcs11InteropFactories).Assembly,
            static (name, assembly, path) => name == "libdl" && OperatingSystem.IsLinux() ? NativeLibrary.Load("libdl.so.2", assembly, path) : IntPtr.Zero);
        return new();
    }

    private T Read<T>(Func<ISession, T> use)
    {
        lock (signing)
        {
            try
            {
                return use(session ??= Login());
            }
            catch (Pkcs11Exception) when (session is not null)
            {
                // The module may have been restarted, or its token taken out and put back: once more on a new session.
                session.Dispose();
                session = null;
            }
            catch (Pkcs11Exception e)
            {
                throw Told(e);
            }

            try
            {
                return use(session = Login());
            }
            catch (Pkcs11Exception e)
            {
                session?.Dispose();
                session = null;
                throw Told(e);
            }
        }
    }

    private CheckpointKeyException Told(Pkcs11Exception e) => new($"{Who} cannot be used: {e.RV}. Is the PIN in {settings.PinFile} right?", e);

    private ISession Login()
    {
        var slot = library.GetSlotList(SlotsType.WithTokenPresent).Find(s => s.GetTokenInfo().Label.Trim() == settings.Token)
            ?? throw new CheckpointKeyException($"The PKCS#11 library {settings.Library} has no token {settings.Token}.");
        var open = slot.OpenSession(SessionType.ReadOnly);
        try
        {
            open.Login(CKU.CKU_USER, KeyFile.Read(settings.PinFile).Trim());
        }
        catch (Pkcs11Exception e) when (e.RV == CKR.CKR_USER_ALREADY_LOGGED_IN)
        {
            // By another session of this process: a login holds for the token.
        }
        catch
        {
            open.Dispose();
            throw;
        }

        return open;
    }

    private IObjectHandle Find(ISession open, CKO kind)
    {
        var found = open.FindAllObjects(
        [
            Factories.ObjectAttributeFactory.Create(CKA.CKA_CLASS, kind),
            Factories.ObjectAttributeFactory.Create(CKA.CKA_KEY_TYPE, CKK.CKK_EC),
            Factories.ObjectAttributeFactory.Create(CKA.CKA_LABEL, settings.Key),
        ]);
        return found is [var one] ? one : throw new CheckpointKeyException($"{Who}: there are {found.Count} EC keys of that name; there has to be one pair.");
    }

    private byte[] ReadPublicKey(ISession open)
    {
        var values = open.GetAttributeValue(Find(open, CKO.CKO_PUBLIC_KEY), [CKA.CKA_EC_PARAMS, CKA.CKA_EC_POINT]);
        try
        {
            if (AsnDecoder.ReadObjectIdentifier(values[0].GetValueAsByteArray(), AsnEncodingRules.DER, out _) != P256.Oid)
            {
                throw new CheckpointKeyException($"{Who} is not on the curve P-256.");
            }

            var point = AsnDecoder.ReadOctetString(values[1].GetValueAsByteArray(), AsnEncodingRules.DER, out _);
            using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = point[1..33], Y = point[33..65] } });
            return key.ExportSubjectPublicKeyInfo();
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException or ArgumentOutOfRangeException)
        {
            throw new CheckpointKeyException($"{Who} has no public key that can be read.", e);
        }
    }

    /// <summary>PKCS#11 gives r and s one after the other.</summary>
    private static byte[] ToSequence(byte[] signature)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(signature.AsSpan(0, signature.Length / 2).TrimStart((byte)0));
            writer.WriteIntegerUnsigned(signature.AsSpan(signature.Length / 2).TrimStart((byte)0));
        }

        return writer.Encode();
    }
}
