using Elsa.Workflows;
using Elsa.Workflows.Management.Mappers;
using Elsa.Workflows.Management.Materializers;
using Elsa.Workflows.Management.Models;
using Elsa.Workflows.Runtime;
using SignalReview.Workflow;

namespace SignalReview.Elsa;

/// <summary>Gives Elsa the checked definitions, as the files are.</summary>
internal sealed class DefinitionProvider(DefinitionLibrary library, IActivitySerializer serializer, WorkflowDefinitionMapper mapper) : IWorkflowsProvider
{
    /// <inheritdoc />
    public string Name => "SignalReview";

    /// <inheritdoc />
    public ValueTask<IEnumerable<MaterializedWorkflow>> GetWorkflowsAsync(CancellationToken cancellationToken = default) =>
        new(library.All.Select(Materialize).ToList());

    public MaterializedWorkflow Materialize(WorkflowDefinition definition)
    {
        var workflow = mapper.Map(serializer.Deserialize<WorkflowDefinitionModel>(definition.Raw));
        return new(workflow, Name, JsonWorkflowMaterializer.MaterializerName, MaterializerContext: null, definition.Raw);
    }
}
