using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace SignalReview.Web.Tests.Hubs.Chaos;

/// <summary>Which messages of the hub get lost on their way: three of ten, of events and of answers alike.</summary>
internal sealed class Loss(int seed, double share = 0.3)
{
    /// <summary>None at all.</summary>
    public static Loss None { get; } = new(0, 0);

    private readonly Random dice = new(seed);
    private readonly Lock gate = new();

    public int Lost { get; private set; }

    public int Passed { get; private set; }

    public bool Takes()
    {
        lock (gate)
        {
            var takes = dice.NextDouble() < share;
            Lost += takes ? 1 : 0;
            Passed += takes ? 0 : 1;
            return takes;
        }
    }
}

/// <summary>SignalR's JSON on a line that loses messages.</summary>
internal sealed class LossyProtocol(Loss loss) : IHubProtocol
{
    private readonly JsonHubProtocol inner = new();

    public string Name => inner.Name;

    public int Version => inner.Version;

    public TransferFormat TransferFormat => inner.TransferFormat;

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        while (inner.TryParseMessage(ref input, binder, out message))
        {
            if (message is not (InvocationMessage or CompletionMessage) || !loss.Takes())
            {
                return true;
            }
        }

        return false;
    }

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => inner.WriteMessage(message, output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(message);

    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);
}
