using CsCheck;
using SignalReview.Trail;

namespace SignalReview.Tests.Trail;

[TestFixture]
internal sealed class MerkleTreeTests
{
    private const int Largest = 300;

    private static readonly byte[][] KnownLeaves =
        [.. new[] { "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f" }.Select(Convert.FromHexString)];

    private MemoryTree tree = null!;
    private byte[][] leaves = null!;
    private byte[][] roots = null!;

    [OneTimeSetUp]
    public void Grow()
    {
        tree = new MemoryTree();
        leaves = [.. Enumerable.Range(0, Largest).Select(i => BitConverter.GetBytes(i * 7919))];
        roots = new byte[Largest + 1][];
        roots[0] = tree.Frontier.Root();
        for (var i = 0; i < Largest; i++)
        {
            tree.Append(leaves[i]);
            roots[i + 1] = tree.Frontier.Root();
        }
    }

    [TestCase(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [TestCase(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [TestCase(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [TestCase(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [TestCase(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void The_roots_are_the_known_ones(int size, string root)
    {
        var frontier = Frontier.Empty;
        foreach (var leaf in KnownLeaves.Take(size))
        {
            frontier.Append(MerkleTree.LeafHash(leaf));
        }

        Assert.That(Convert.ToHexStringLower(frontier.Root()), Is.EqualTo(root));
    }

    [Test]
    public void The_root_is_that_of_the_recursive_definition_for_every_size() =>
        Assert.Multiple(() =>
        {
            for (var size = 0; size <= Largest; size++)
            {
                Assert.That(roots[size], Is.EqualTo(Definition(leaves.AsSpan(0, size))), $"size {size}");
            }
        });

    [Test]
    public async Task The_root_of_every_earlier_size_can_be_computed_from_stored_nodes()
    {
        for (var size = 0; size <= Largest; size++)
        {
            Assert.That(await MerkleTree.RootAsync(tree, size, default), Is.EqualTo(roots[size]), $"size {size}");
            var loaded = await Frontier.LoadAsync(tree, size, default);
            Assert.That(loaded.Root(), Is.EqualTo(roots[size]), $"size {size}");
            Assert.That(loaded.Size, Is.EqualTo(size));
        }
    }

    [Test]
    public void A_stored_frontier_goes_on_where_it_stopped()
    {
        var frontier = Frontier.Empty;
        for (var i = 0; i < Largest; i++)
        {
            frontier = Frontier.Parse(frontier.Size, frontier.ToBytes());
            frontier.Append(MerkleTree.LeafHash(leaves[i]));
            Assert.That(frontier.Root(), Is.EqualTo(roots[i + 1]), $"size {i + 1}");
        }
    }

    [TestCase(3, 32)]
    [TestCase(0, 32)]
    [TestCase(1, 31)]
    public void A_frontier_of_the_wrong_length_is_refused(long size, int bytes) =>
        Assert.That(() => Frontier.Parse(size, new byte[bytes]), Throws.InstanceOf<FormatException>());

    [Test]
    public async Task Every_leaf_of_every_size_has_a_proof_that_verifies()
    {
        for (var size = 1; size <= Largest; size++)
        {
            for (var index = 0; index < size; index++)
            {
                var proof = await MerkleTree.InclusionProofAsync(tree, index, size, default);
                if (!MerkleTree.VerifyInclusion(MerkleTree.LeafHash(leaves[index]), index, size, proof, roots[size]))
                {
                    Assert.Fail($"leaf {index} of {size}");
                }
            }
        }
    }

    [Test]
    public async Task Every_two_sizes_have_a_consistency_proof_that_verifies()
    {
        for (var newer = 0; newer <= Largest; newer++)
        {
            for (var older = 0; older <= newer; older++)
            {
                var proof = await MerkleTree.ConsistencyProofAsync(tree, older, newer, default);
                if (!MerkleTree.VerifyConsistency(older, roots[older], newer, roots[newer], proof))
                {
                    Assert.Fail($"{older} to {newer}");
                }
            }
        }
    }

    [Test]
    public void A_changed_inclusion_proof_does_not_verify() =>
        Gen.Select(Gen.Int[1, Largest], Gen.Int, Gen.Int, Gen.Int[0, 6]).Sample((size, a, b, kind) =>
        {
            var index = (int)((uint)a % (uint)size);
            var proof = Complete(MerkleTree.InclusionProofAsync(tree, index, size, default));
            var leaf = MerkleTree.LeafHash(leaves[index]);
            var (i, n, root) = ((long)index, (long)size, roots[size].ToArray());
            switch (kind)
            {
                case 0 when proof.Count > 0:
                    proof = Flip(proof, b);
                    break;
                case 1 when proof.Count > 0:
                    proof.RemoveAt((int)((uint)b % (uint)proof.Count));
                    break;
                case 2:
                    proof.Insert((int)((uint)b % (uint)(proof.Count + 1)), MerkleTree.LeafHash([1, 2, 3]));
                    break;
                case 3 when size > 1:
                    i = (index + 1 + (uint)b % (uint)(size - 1)) % size;
                    break;
                case 4 when size > 1:
                    leaf = MerkleTree.LeafHash(leaves[(index + 1) % size]);
                    break;
                case 5:
                    root[(uint)b % 32] ^= 1;
                    break;
                default:
                    i = b < 0 ? b : (long)size + b;
                    break;
            }

            return !MerkleTree.VerifyInclusion(leaf, i, n, proof, root);
        });

    [Test]
    public void A_changed_consistency_proof_does_not_verify() =>
        Gen.Select(Gen.Int[2, Largest], Gen.Int, Gen.Int, Gen.Int[0, 5]).Sample((newer, a, b, kind) =>
        {
            var older = 1 + (int)((uint)a % (uint)(newer - 1));
            var proof = Complete(MerkleTree.ConsistencyProofAsync(tree, older, newer, default));
            var (oldRoot, newRoot) = (roots[older].ToArray(), roots[newer].ToArray());
            switch (kind)
            {
                case 0:
                    proof = Flip(proof, b);
                    break;
                case 1:
                    proof.RemoveAt((int)((uint)b % (uint)proof.Count));
                    break;
                case 2:
                    proof.Insert((int)((uint)b % (uint)(proof.Count + 1)), MerkleTree.LeafHash([1, 2, 3]));
                    break;
                case 3:
                    oldRoot[(uint)b % 32] ^= 0x80;
                    break;
                case 4:
                    newRoot[(uint)b % 32] ^= 0x80;
                    break;
                default:
                    (oldRoot, newRoot) = (newRoot, oldRoot);
                    break;
            }

            return !MerkleTree.VerifyConsistency(older, oldRoot, newer, newRoot, proof);
        });

    [Test]
    public void A_leaf_longer_than_the_stack_buffer_is_hashed_the_same_way()
    {
        var leaf = new byte[5000];
        leaf[4999] = 7;

        Assert.That(MerkleTree.LeafHash(leaf), Is.EqualTo(System.Security.Cryptography.SHA256.HashData([0, .. leaf])));
    }

    private static byte[] Definition(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length <= 1)
        {
            return leaves.Length == 0 ? MerkleTree.EmptyRoot : MerkleTree.LeafHash(leaves[0]);
        }

        var split = 1;
        while (split * 2 < leaves.Length)
        {
            split *= 2;
        }

        return MerkleTree.NodeHash(Definition(leaves[..split]), Definition(leaves[split..]));
    }

    private static List<byte[]> Flip(List<byte[]> proof, int at)
    {
        var which = (int)((uint)at % (uint)proof.Count);
        proof[which] = proof[which].ToArray();
        proof[which][(uint)at % 32] ^= 4;
        return proof;
    }

    private static List<byte[]> Complete(Task<List<byte[]>> task) => task.GetAwaiter().GetResult(); // memory only: already done
}
