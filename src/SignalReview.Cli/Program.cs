using System.CommandLine;
using SignalReview.Cli;

var root = new RootCommand("SignalReview: check, verify and export without the server.")
{
    WorkflowCommand.Create(),
};

return await root.Parse(args).InvokeAsync();
