using System.Text;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Privacy.Erasure;
using SignalReview.Trail;

namespace SignalReview.Tests.Privacy;

internal sealed class ErasureCertificateTests
{
    private CaseWorld world = null!;
    private Guid erasure;

    [SetUp]
    public async Task Erase()
    {
        world = await CaseWorld.StartAsync();
        await world.ClosedAsync();
        erasure = await world.ErasedAsync();
    }

    [TearDown]
    public ValueTask End() => world.DisposeAsync();

    [Test]
    public async Task It_says_what_when_on_which_ground_and_by_whom_and_is_proved()
    {
        var certificate = await IssueAsync();

        var facts = certificate.Facts;
        Assert.That(
            (facts.Case, facts.Ground, facts.RequestedBy?.Name, facts.ApprovedBy?.Name, facts.ErasedAt),
            Is.EqualTo((world.Case.Value, ErasureGround.ConsentWithdrawn, "Peter Okafor", "Marit de Groot", world.Now)));
        Assert.That(ErasureCertificate.Verify(certificate, Key), Is.EqualTo(CertificateVerdict.Valid));
        Assert.That(await world.CountAsync("erasure.certified"), Is.EqualTo(1), "that it was given out is in the trail");
    }

    [Test]
    public async Task It_reads_back_from_its_file()
    {
        var certificate = await IssueAsync();
        var read = ErasureCertificateFile.Read(ErasureCertificateFile.Write(certificate));

        Assert.That(ErasureCertificate.Verify(read!, Key), Is.EqualTo(CertificateVerdict.Valid));
        Assert.That(ErasureCertificateFile.Read("{}"u8), Is.Null);
        Assert.That(ErasureCertificateFile.Read("x"u8), Is.Null);
    }

    [Test]
    public async Task Any_change_of_a_fact_is_found()
    {
        var certificate = await IssueAsync();
        CertificateFacts[] changed =
        [
            certificate.Facts with { Ground = ErasureGround.LegalObligation },
            certificate.Facts with { ErasedAt = certificate.Facts.ErasedAt.AddDays(-1) },
            certificate.Facts with { ApprovedBy = certificate.Facts.RequestedBy },
            certificate.Facts with { Case = Guid.Empty },
            certificate.Facts with { LeafIndex = 1 },
            certificate.Facts with { Remains = [] },
        ];

        Assert.That(changed.Select(f => ErasureCertificate.Verify(certificate with { Facts = f }, Key)), Is.All.EqualTo(CertificateVerdict.Changed));
    }

    [Test]
    public async Task Another_key_or_a_proof_of_another_event_is_found()
    {
        var certificate = await IssueAsync();
        await world.ClosedAsync();
        erasure = await world.ErasedAsync();
        var other = await IssueAsync();

        using var stranger = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                ErasureCertificate.Verify(certificate, new VerifierKey(world.Get<CheckpointSigner>().Origin, stranger.ExportSubjectPublicKeyInfo())),
                Is.EqualTo(CertificateVerdict.NotSigned));
            Assert.That(ErasureCertificate.Verify(certificate with { Proof = other.Proof }, Key), Is.EqualTo(CertificateVerdict.NotInTree));
            Assert.That(ErasureCertificate.Verify(certificate with { Proof = "x" }, Key), Is.EqualTo(CertificateVerdict.Unreadable));
        }
    }

    [Test]
    public async Task It_names_no_content()
    {
        var text = Encoding.UTF8.GetString(ErasureCertificateFile.Write(await IssueAsync()));

        Assert.That(text, Does.Not.Contain("Merel").And.Not.Contain("YouTube").And.Not.Contain("wil dat alles").And.Not.Contain("volwassen"));
    }

    [Test]
    public async Task Only_privacy_officers_and_coordinators_get_it([Values(1, 10, 12)] int colleague)
    {
        var issued = await world.Get<ErasureCertificates>().IssueAsync(CaseWorld.Colleague(colleague), erasure, "json", CancellationToken.None);
        Assert.That(issued.Refusal, Is.EqualTo(Refusal.NotYours));
    }

    private VerifierKey Key => world.Get<CheckpointSigner>().VerifierKey;

    private async Task<ErasureCertificate> IssueAsync()
    {
        var issued = await world.Get<ErasureCertificates>().IssueAsync(world.PrivacyOfficer, erasure, "json", CancellationToken.None);
        Assert.That(issued.Refusal, Is.Null);
        return issued.Certificate!;
    }
}
