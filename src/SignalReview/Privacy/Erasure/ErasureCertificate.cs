using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SignalReview.Trail;

namespace SignalReview.Privacy.Erasure;

/// <summary>What a certificate says of itself.</summary>
internal enum CertificateVerdict
{
    Valid,
    Unreadable,

    /// <summary>Not signed by the key that is trusted.</summary>
    NotSigned,

    /// <summary>What it says is not what was signed.</summary>
    Changed,

    /// <summary>The event it speaks of is not proved to be in the signed tree, or is another.</summary>
    NotInTree,
}

/// <summary>A person, by id and name.</summary>
public sealed record CertificatePerson(Guid Id, string Name, string JobTitle);

/// <summary>The facts of one erasure; no word of what was erased.</summary>
/// <param name="Organisation">Whose.</param>
/// <param name="Log">The log's origin.</param>
/// <param name="Erasure">Its id.</param>
/// <param name="Case">The case's random id.</param>
/// <param name="Ground">On which ground.</param>
/// <param name="AskedBy">Who wanted it.</param>
/// <param name="Rule">By which retention rule.</param>
/// <param name="Interests">What was weighed, and what it came to.</param>
/// <param name="RequestedBy">Who took it in.</param>
/// <param name="RequestedAt">When.</param>
/// <param name="CheckedBy">Who checked.</param>
/// <param name="CheckedAt">When.</param>
/// <param name="ApprovedBy">The second person, or who agreed on the rule.</param>
/// <param name="ApprovedAt">When.</param>
/// <param name="ErasedAt">When what people wrote went out of the database.</param>
/// <param name="ErasedAgainAt">The same, in a database that was put back from before it.</param>
/// <param name="DestroyedAt">When its key was ended and nothing was left in any file of the product.</param>
/// <param name="Bodies">How many events lost what was written in them.</param>
/// <param name="Drafts">How many drafts are gone.</param>
/// <param name="Attachments">How many images are gone.</param>
/// <param name="Remains">What remains: codes, told in words on the certificate.</param>
/// <param name="LeafIndex">Where <c>subject.erased</c> stands in the tree.</param>
/// <param name="Leaf">Its header, verbatim.</param>
/// <param name="IssuedAt">When the certificate was given out.</param>
/// <param name="IssuedBy">To whom.</param>
public sealed record CertificateFacts(
    string Organisation,
    string Log,
    Guid Erasure,
    Guid Case,
    ErasureGround Ground,
    ErasureAskedBy AskedBy,
    string? Rule,
    IReadOnlyList<InterestCheck> Interests,
    CertificatePerson? RequestedBy,
    DateTimeOffset RequestedAt,
    CertificatePerson? CheckedBy,
    DateTimeOffset? CheckedAt,
    CertificatePerson? ApprovedBy,
    DateTimeOffset? ApprovedAt,
    DateTimeOffset ErasedAt,
    DateTimeOffset? ErasedAgainAt,
    DateTimeOffset DestroyedAt,
    int Bodies,
    int Drafts,
    int Attachments,
    IReadOnlyList<string> Remains,
    long LeafIndex,
    string Leaf,
    DateTimeOffset IssuedAt,
    CertificatePerson IssuedBy);

/// <summary>
/// A certificate of erasure: the facts, that <c>subject.erased</c> is in the signed tree, and a signature over both. Verified with the log's public key and
/// nothing else.
/// </summary>
/// <param name="Facts">What happened.</param>
/// <param name="Proof">A C2SP tlog-proof of the event's header, with the checkpoint it leads to.</param>
/// <param name="Note">A signed note over the hash of the facts in canonical JSON (RFC 8785).</param>
/// <param name="VerifierKey">For convenience; trust the one you got another way.</param>
public sealed record ErasureCertificate(CertificateFacts Facts, string Proof, string Note, string VerifierKey)
{
    private const string Head = "signalreview/erasure-certificate/v1";

    /// <summary>What stays of every erased case.</summary>
    internal static IReadOnlyList<string> Remaining { get; } = ["headers", "tree", "state", "outcome", "list"];

    internal static string TextOf(CertificateFacts facts) =>
        $"{Head}\n{Convert.ToHexStringLower(SHA256.HashData(TrailJson.Canonical(facts)))}\n";

    /// <summary>Judges a certificate by the log's key alone.</summary>
    internal static CertificateVerdict Verify(ErasureCertificate certificate, VerifierKey key)
    {
        try
        {
            var note = SignedNote.Parse(certificate.Note);
            var proof = TlogProof.Parse(certificate.Proof);
            var checkpoint = SignedNote.Parse(proof.Checkpoint);
            if (note.Verify(key) != NoteVerdict.Signed || checkpoint.Verify(key) != NoteVerdict.Signed)
            {
                return CertificateVerdict.NotSigned;
            }

            return note.Text != TextOf(certificate.Facts) ? CertificateVerdict.Changed
                : IsInTree(certificate.Facts, proof, Checkpoint.Parse(checkpoint.Text)) ? CertificateVerdict.Valid
                : CertificateVerdict.NotInTree;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return CertificateVerdict.Unreadable;
        }
    }

    private static bool IsInTree(CertificateFacts facts, TlogProof proof, Checkpoint checkpoint)
    {
        var leaf = Encoding.UTF8.GetBytes(facts.Leaf);
        var header = EventHeader.Parse(leaf);
        return header.Type == "subject.erased"
            && header.Case == facts.Case
            && header.Log == facts.Log
            && checkpoint.Origin == facts.Log
            && proof.Index == facts.LeafIndex
            && MerkleTree.VerifyInclusion(MerkleTree.LeafHash(leaf), proof.Index, checkpoint.Size, proof.Hashes, checkpoint.Root);
    }
}
