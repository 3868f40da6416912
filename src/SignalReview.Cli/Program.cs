using System.CommandLine;
using SignalReview.Cli;
using SignalReview.Cli.Demo;

var root = new RootCommand("SignalReview: check, verify and export without the server.")
{
    WorkflowCommand.Create(),
    VerifyCommand.Create(),
    ConvertCommand.Create(),
    KeysCommand.Create(),
    EraseCommand.Create(),
    BackupCommands.CreateBackup(),
    BackupCommands.CreateRestore(),
    DemoCommand.Create(),
    RetentionCommand.Create(),
};

var parsed = root.Parse(args);
var exitCode = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? ExitCodes.Usage : exitCode;
