namespace SignalReview.Workflow;

/// <summary>
/// Moves tokens through a flowchart: which nodes are open, which branches have arrived at which join. Knows no values: who runs it
/// says by which port a node is left. The engine answers from the case's variables, <see cref="FlowExplorer"/> tries every port.
/// </summary>
/// <param name="ask">Called for each node that opens.</param>
/// <param name="pass">Called for each node that the product is not asked about; answers the port by which the token leaves.</param>
/// <param name="taken">Called for each connection over which a token comes to a node, in order.</param>
internal sealed class FlowTokens(FlowGraph graph, Action<FlowNode> ask, Func<FlowNode, string> pass, Action<FlowConnection>? taken = null)
{
    private readonly LinkedList<FlowConnection> moving = new();

    public SortedSet<string> Open { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Per join the indexes of the connections over which a branch arrived since it last let one through.</summary>
    public SortedDictionary<string, SortedSet<int>> Arrived { get; init; } = new(StringComparer.Ordinal);

    public bool Finished { get; private set; }

    public void Start()
    {
        Enter(graph.Nodes[graph.Start!]);
        Drain();
    }

    public void Leave(string node, string port)
    {
        if (!Open.Remove(node))
        {
            throw new InvalidOperationException($"Node '{node}' is not open.");
        }

        Follow(node, port);
        Drain();
    }

    private void Drain()
    {
        while (moving.First is { Value: var connection })
        {
            moving.RemoveFirst();
            Arrive(connection);
        }
    }

    private void Arrive(FlowConnection connection)
    {
        taken?.Invoke(connection);
        var node = graph.Nodes[connection.Target];
        if (node.Step.Kind != StepKind.Join)
        {
            Enter(node);
            return;
        }

        if (node.WaitsForAny)
        {
            ThrowIfOthersRun(node);
            Follow(node.Id, pass(node));
            return;
        }

        if (!Arrived.TryGetValue(node.Id, out var arrived))
        {
            Arrived[node.Id] = arrived = [];
        }

        arrived.Add(connection.Index);
        if (graph.ForwardInto(node.Id).All(c => arrived.Contains(c.Index)))
        {
            Arrived.Remove(node.Id);
            Follow(node.Id, pass(node));
        }
    }

    private void Enter(FlowNode node)
    {
        switch (node.Step.Kind)
        {
            case StepKind.Asked:
                if (!Open.Add(node.Id))
                {
                    throw new FlowStuckException(node.Id, "a second branch reaches the step while it is still open");
                }

                ask(node);
                break;
            case StepKind.Finish:
                Finish(node);
                break;
            default:
                Follow(node.Id, pass(node));
                break;
        }
    }

    private void Finish(FlowNode node)
    {
        if (Open.Count > 0 || Arrived.Count > 0 || moving.Count > 0)
        {
            throw new FlowStuckException(node.Id, "the end is reached while another branch still runs; bring the branches together with a join");
        }

        Finished = true;
    }

    // Elsa loses a case whose other branch is ended there: so it is for ways of which only one is ever taken.
    private void ThrowIfOthersRun(FlowNode join)
    {
        var upstream = graph.Ancestors(join.Id);
        if (Open.Overlaps(upstream) || Arrived.Keys.Any(upstream.Contains) || moving.Any(c => c.Target == join.Id || upstream.Contains(c.Target)))
        {
            throw new FlowStuckException(join.Id, "one branch reaches the join while another still runs, and WaitAny does not end that");
        }
    }

    private void Follow(string node, string port)
    {
        foreach (var connection in graph.From(node, port))
        {
            moving.AddLast(connection);
        }
    }
}

/// <summary>Tokens met where they must not. The explorer finds these before a definition is ever used.</summary>
internal sealed class FlowStuckException(string node, string reason) : InvalidOperationException($"{node}: {reason}")
{
    public string Node => node;

    public string Reason => reason;
}
