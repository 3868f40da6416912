using Microsoft.Extensions.Configuration;
using SignalReview.KillWorker;

// A process that works cases until it is killed; started by the kill tests, of no use to anyone else. It says on its output what it is about to
// do ("try"), and what was acknowledged to it ("ack"), a line each.
//   --data FOLDER --engine embedded --now TIME --seed NUMBER
//   [--die engine:N | commit:N]   kills itself at that place; otherwise somebody else kills it
//   [--again DEED]                first repeats what the one before it was told no answer to
//   [--finish true]               works until all cases are closed, and ends
//   [--erase CASE:ERASURE,...]    does nothing but carry out these erasures, and ends
var settings = new ConfigurationBuilder().AddCommandLine(args).Build();
await using var worker = await Worker.StartAsync(settings);
await Console.Out.WriteLineAsync("ready");
if (settings["erase"] is { } erasures)
{
    await worker.EraseAsync(erasures.Split(','));
    return 0;
}

if (settings["again"] is { } deed)
{
    await worker.RepeatAsync(Deed.Parse(deed));
}

await worker.WorkAsync(finish: settings["finish"] == "true");
return 0;
